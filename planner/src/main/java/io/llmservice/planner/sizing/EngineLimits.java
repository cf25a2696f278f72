package io.llmservice.planner.sizing;

import org.jspecify.annotations.Nullable;

/** The engine's bounds as the user set them; what is left out, the plan derives. */
public record EngineLimits(
        @Nullable Integer contextLength,
        @Nullable Integer maxConcurrentRequests,
        @Nullable Integer maxBatchedTokens,
        double gpuMemoryUtilization) {
    public static final double DEFAULT_GPU_MEMORY_UTILIZATION = 0.90;
    public static final EngineLimits DEFAULT = new EngineLimits(null, null, null, DEFAULT_GPU_MEMORY_UTILIZATION);

    public EngineLimits {
        if (contextLength != null && contextLength <= 0) {
            throw new IllegalArgumentException("context length must be above 0");
        }
        if (maxConcurrentRequests != null && maxConcurrentRequests <= 0) {
            throw new IllegalArgumentException("max concurrent requests must be above 0");
        }
        if (maxBatchedTokens != null && maxBatchedTokens <= 0) {
            throw new IllegalArgumentException("max batched tokens must be above 0");
        }
        if (!(gpuMemoryUtilization > 0 && gpuMemoryUtilization <= 1)) {
            throw new IllegalArgumentException("GPU memory utilization lies above 0 and up to 1");
        }
    }

    public EngineLimits withContextLength(int tokens) {
        return new EngineLimits(tokens, maxConcurrentRequests, maxBatchedTokens, gpuMemoryUtilization);
    }

    public EngineLimits withMaxConcurrentRequests(int requests) {
        return new EngineLimits(contextLength, requests, maxBatchedTokens, gpuMemoryUtilization);
    }
}
