package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A standard Kubernetes condition. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
        @JsonPropertyDescription("Name of the condition.") @Required
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required
        String status,

        @JsonPropertyDescription("Generation of the spec that this condition speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("When the status last changed, in RFC 3339.") @Required
        String lastTransitionTime,

        @JsonPropertyDescription("One word, for programs.") @Required
        String reason,

        @JsonPropertyDescription("A sentence that says what is the case and what to do next.") @Required
        String message) {}
