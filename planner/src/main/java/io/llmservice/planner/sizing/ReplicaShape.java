package io.llmservice.planner.sizing;

/** What the one pod template of a service says: the same on every rung of the ladder. Tensor-parallel size is the number of GPUs. */
public record ReplicaShape(
        int gpus, int contextLength, int maxConcurrentRequests, int maxBatchedTokens, HostNeeds host) {
    /** {@code --tensor-parallel-size}. */
    public int tensorParallel() {
        return gpus;
    }
}
