package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How fast the autoscaler moves in one direction. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScalingRules(
        @JsonPropertyDescription("How long a recommendation must hold; left out, 0 upwards and 300 downwards.")
        @Min(0)
        @Max(3600)
        @Nullable
        Integer stabilizationWindowSeconds,

        @JsonPropertyDescription("Most replicas changed in one period; left out, 4 upwards and 1 downwards.")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Length of that period; left out, 15 upwards and 60 downwards.")
        @Min(1)
        @Max(1800)
        @Nullable
        Integer periodSeconds) {

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ScalingRules defaults() {
        return new ScalingRules(null, null, null);
    }
}
