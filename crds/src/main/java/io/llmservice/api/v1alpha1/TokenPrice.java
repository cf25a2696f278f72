package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** What a target's tokens cost. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TokenPrice(
        @JsonPropertyDescription("USD for 1,000 tokens of a prompt.") @Required @Min(0) @Max(1000)
        Double inputPer1000,

        @JsonPropertyDescription("USD for 1,000 tokens of an answer.") @Required @Min(0) @Max(1000)
        Double outputPer1000) {}
