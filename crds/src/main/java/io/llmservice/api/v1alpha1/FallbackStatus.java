package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What the targets have cost so far. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FallbackStatus(
        @JsonPropertyDescription("USD in the window, and of how much, in words.") @Nullable
        String spent,

        @JsonPropertyDescription("Requests that a target answered in the window.")
        Long requests,

        @JsonPropertyDescription("Tokens of them, prompts and answers together.")
        Long tokens,

        @JsonPropertyDescription("The day in UTC that the figures speak of, such as 2026-11-24.") @Nullable
        String window) {}
