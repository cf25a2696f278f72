package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Bounds on requests; what is left out is not bounded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RateLimits(
        @JsonPropertyDescription("Requests a minute.") @Min(0) @Max(10000000) @Nullable
        Integer requestsPerMinute,

        @JsonPropertyDescription("Tokens a minute, prompts and answers together.") @Min(0) @Nullable
        Long tokensPerMinute,

        @JsonPropertyDescription("Streams at the same time.") @Min(0) @Max(1000000) @Nullable
        Integer concurrentStreams) {}
