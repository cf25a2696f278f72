package io.llmservice.planner.sizing;

import org.jspecify.annotations.Nullable;

/** What the user fixed for one replica, against the plan's own derivation. */
public record ReplicaOverrides(
        @Nullable Integer gpus,
        @Nullable Integer cpuMillis,
        @Nullable Integer memoryMiB) {
    public static final ReplicaOverrides NONE = new ReplicaOverrides(null, null, null);

    public ReplicaOverrides {
        if (gpus != null && gpus <= 0) {
            throw new IllegalArgumentException("GPUs per replica must be above 0");
        }
        if ((cpuMillis != null && cpuMillis <= 0) || (memoryMiB != null && memoryMiB <= 0)) {
            throw new IllegalArgumentException("CPU and memory of a replica must be above 0");
        }
    }
}
