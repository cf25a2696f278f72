package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** What opens the breaker: only what is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BreakerTriggers(
        @JsonPropertyDescription("Opens while no pod is ready.") @Default("false")
        Boolean noReadyReplicas,

        @JsonPropertyDescription("Opens when too many requests to the pods fail.") @Nullable
        ErrorRateTrigger errorRate,

        @JsonPropertyDescription("Opens when the first token takes too long.") @Nullable
        FirstTokenTrigger timeToFirstToken,

        @JsonPropertyDescription("Opens when all pods are full.") @Nullable
        SaturationTrigger saturation) {
    public BreakerTriggers {
        noReadyReplicas = noReadyReplicas != null && noReadyReplicas;
    }

    /** What a spec that says nothing gets: all four. */
    public static BreakerTriggers defaults() {
        return new BreakerTriggers(
                true, ErrorRateTrigger.defaults(), FirstTokenTrigger.defaults(), SaturationTrigger.defaults());
    }
}
