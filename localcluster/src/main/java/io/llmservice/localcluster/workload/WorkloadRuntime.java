package io.llmservice.localcluster.workload;

import io.fabric8.kubernetes.api.model.Container;

/** Runs the containers of some images on simulated nodes. */
public interface WorkloadRuntime {
    /** Whether this runtime is for the container, as its image tells. */
    boolean runs(Container container);

    /**
     * Starts the container; called on a thread of the container's own, so it may take its time.
     *
     * @throws WorkloadStartException if it ends at once, as a program does that refuses its arguments
     * @throws InterruptedException if the pod is deleted meanwhile
     */
    RunningWorkload start(WorkloadContext context) throws WorkloadStartException, InterruptedException;
}
