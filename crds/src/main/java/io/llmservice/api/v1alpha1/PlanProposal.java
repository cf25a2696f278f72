package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A better plan that is not taken by itself. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanProposal(
        @JsonPropertyDescription("What would change and why.") @Required
        String summary,

        @JsonPropertyDescription("What to do to take it.") @Required
        String howToAccept) {}
