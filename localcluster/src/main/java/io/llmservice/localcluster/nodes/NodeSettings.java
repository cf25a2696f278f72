package io.llmservice.localcluster.nodes;

import io.llmservice.localcluster.workload.WorkloadRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How the agent treats nodes and pods.
 *
 * @param runtimes who runs containers, the first that says it does; what nobody runs is idle
 * @param behaviour how nodes come up until told otherwise
 * @param restartBackoff the pauses between restarts of a container
 */
public record NodeSettings(List<WorkloadRuntime> runtimes, NodeBehaviour behaviour, RestartBackoff restartBackoff) {
    public NodeSettings {
        runtimes = List.copyOf(runtimes);
        Objects.requireNonNull(behaviour);
        Objects.requireNonNull(restartBackoff);
    }

    /** Everything idle, healthy nodes, and restarts ten times as fast as kubelet's. */
    public static NodeSettings defaults() {
        return new NodeSettings(
                List.of(), NodeBehaviour.healthy(), new RestartBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30)));
    }

    /** Adds a runtime that is asked after those there are. */
    public NodeSettings withRuntime(WorkloadRuntime runtime) {
        List<WorkloadRuntime> more = new ArrayList<>(runtimes);
        more.add(runtime);
        return new NodeSettings(more, behaviour, restartBackoff);
    }

    public NodeSettings withBehaviour(NodeBehaviour other) {
        return new NodeSettings(runtimes, other, restartBackoff);
    }
}
