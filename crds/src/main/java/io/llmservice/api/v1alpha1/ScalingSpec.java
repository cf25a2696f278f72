package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How many replicas run and when more are added. */
@ValidationRule(
        value = "self.minReplicas >= 1",
        message = "scaling.minReplicas: 0 (scale to zero) is reserved and not available yet; use 1 or more")
@ValidationRule(
        value = "!has(self.maxReplicas) || self.maxReplicas >= self.minReplicas",
        message = "scaling.maxReplicas must not be below minReplicas; raise maxReplicas or lower minReplicas")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScalingSpec(
        @JsonPropertyDescription("Fewest replicas.") @Default("1") @Min(0) @Max(1000)
        Integer minReplicas,

        @JsonPropertyDescription("Most replicas; left out, minReplicas.") @Min(1) @Max(1000) @Nullable
        Integer maxReplicas,

        @JsonPropertyDescription(
                "Running requests per replica (vllm:num_requests_running) that the autoscaler aims for; left out, three quarters of maxConcurrentRequests.")
        @Min(1)
        @Max(4096)
        @Nullable
        Integer targetRunningRequests,

        @JsonPropertyDescription("Waiting requests per replica (vllm:num_requests_waiting) as a further metric.")
        @Min(1)
        @Max(100000)
        @Nullable
        Integer targetWaitingRequests,

        @JsonPropertyDescription("KV-cache use per replica (vllm:kv_cache_usage_perc) in percent as a further metric.")
        @Min(1)
        @Max(100)
        @Nullable
        Integer targetCacheUtilization,

        @JsonPropertyDescription("How fast replicas are added.") @Default("{}")
        ScalingRules scaleUp,

        @JsonPropertyDescription("How fast replicas are removed.") @Default("{}")
        ScalingRules scaleDown) {
    public ScalingSpec {
        minReplicas = minReplicas == null ? 1 : minReplicas;
        scaleUp = scaleUp == null ? ScalingRules.defaults() : scaleUp;
        scaleDown = scaleDown == null ? ScalingRules.defaults() : scaleDown;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ScalingSpec defaults() {
        return new ScalingSpec(null, null, null, null, null, null, null);
    }

    /** Most replicas, with the default applied. */
    public int upperBound() {
        return maxReplicas == null ? Math.max(1, minReplicas) : maxReplicas;
    }
}
