package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** An object that the operator owns for this service. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OwnedObject(
        @JsonPropertyDescription("API version.") @Required String apiVersion,
        @JsonPropertyDescription("Kind.") @Required String kind,
        @JsonPropertyDescription("Name.") @Required String name) {}
