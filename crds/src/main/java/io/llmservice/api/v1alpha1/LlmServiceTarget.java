package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Another LlmService of this namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LlmServiceTarget(
        @JsonPropertyDescription("Name of the LlmService.")
        @Required
        @Size(min = 1, max = 50)
        @Pattern("^[a-z]([-a-z0-9]*[a-z0-9])?$")
        String name) {}
