package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What went to the targets in one window. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Spend(
        @JsonPropertyDescription("Start of the window in UTC: 2026-11-24T17 for an hour, 2026-11-24 for a day.")
        @Required
        String window,

        @JsonPropertyDescription("Millionths of a USD.") @Required
        Long microUsd,

        @JsonPropertyDescription("Tokens, prompts and answers together.") @Required
        Long tokens,

        @JsonPropertyDescription("Requests.") @Required Long requests) {}
