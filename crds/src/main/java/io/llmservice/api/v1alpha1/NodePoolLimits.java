package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Bounds on what the pools of one service may hold. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodePoolLimits(
        @JsonPropertyDescription("Most GPUs in each pool; left out, what maxReplicas and a rollout need.")
        @Min(1)
        @Max(100000)
        @Nullable
        Integer gpus) {}
