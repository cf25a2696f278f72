package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** The load that a replica must carry. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkloadSpec(
        @JsonPropertyDescription("Typical prompt, in tokens.") @Default("1024") @Min(1) @Max(10485760)
        Integer inputTokens,

        @JsonPropertyDescription("Typical answer, in tokens.") @Default("256") @Min(1) @Max(10485760)
        Integer outputTokens,

        @JsonPropertyDescription("Requests that one replica must run at the same time.")
        @Default("8")
        @Min(1)
        @Max(4096)
        Integer concurrency) {
    public WorkloadSpec {
        inputTokens = inputTokens == null ? 1024 : inputTokens;
        outputTokens = outputTokens == null ? 256 : outputTokens;
        concurrency = concurrency == null ? 8 : concurrency;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static WorkloadSpec defaults() {
        return new WorkloadSpec(null, null, null);
    }
}
