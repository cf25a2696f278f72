package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the targets may cost in a clock hour and in a day, both in UTC. */
@ValidationRule(
        value = "has(self.usdPerHour) || has(self.usdPerDay) || has(self.tokensPerHour) || has(self.tokensPerDay)",
        message =
                "fallback.budget needs at least one of usdPerHour, usdPerDay, tokensPerHour, tokensPerDay; leave budget out for no bound")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FallbackBudget(
        @JsonPropertyDescription("USD in a clock hour.") @Min(0) @Max(1000000) @Nullable
        Double usdPerHour,

        @JsonPropertyDescription("USD in a day.") @Min(0) @Max(10000000) @Nullable
        Double usdPerDay,

        @JsonPropertyDescription("Tokens, prompts and answers together, in a clock hour.") @Min(0) @Nullable
        Long tokensPerHour,

        @JsonPropertyDescription("Tokens, prompts and answers together, in a day.") @Min(0) @Nullable
        Long tokensPerDay) {}
