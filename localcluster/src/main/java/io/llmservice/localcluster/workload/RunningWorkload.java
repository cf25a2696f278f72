package io.llmservice.localcluster.workload;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What was started in place of a container. */
public interface RunningWorkload {
    /** Completes with the exit code when the workload has ended by itself or was stopped. */
    CompletionStage<Integer> exit();

    /**
     * Asks it to end, as SIGTERM does, and returns without waiting; what still runs after {@code grace} must then be ended
     * by force. Called again with less time, the shorter time counts.
     */
    void stop(Duration grace);

    /** Whether it answers the container's probes; a workload that does nothing passes them all unasked. */
    default boolean answersProbes() {
        return true;
    }
}
