package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** The keys that clients must present. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiKeysSpec(
        @JsonPropertyDescription(
                "A Secret of this namespace: each key of its data is the id of an API key, each value the key itself.")
        @Required
        SecretReference secretRef) {}
