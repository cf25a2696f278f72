package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.llmservice.localcluster.nodes.ContainerState.Running;
import io.llmservice.localcluster.nodes.ContainerState.Terminated;
import io.llmservice.localcluster.nodes.ContainerState.Waiting;
import java.util.Optional;

/**
 * What is to be said about one container now.
 *
 * @param last how the run before this one ended, if there was one
 * @param started whether the startup probe has passed in this run
 * @param ready whether the readiness probe passes
 */
record ContainerSnapshot(
        String name,
        String image,
        ContainerState state,
        Optional<Terminated> last,
        int restarts,
        boolean started,
        boolean ready) {
    static ContainerSnapshot initial(Container container) {
        return new ContainerSnapshot(
                container.getName(), container.getImage(), Waiting.creating(), Optional.empty(), 0, false, false);
    }

    ContainerSnapshot waiting(Waiting waiting) {
        return new ContainerSnapshot(name, image, waiting, last, restarts, false, false);
    }

    ContainerSnapshot running(Running running) {
        return new ContainerSnapshot(name, image, running, last, restarts, false, false);
    }

    ContainerSnapshot probed(boolean nowStarted, boolean nowReady) {
        return new ContainerSnapshot(name, image, state, last, restarts, nowStarted, nowStarted && nowReady);
    }

    ContainerSnapshot terminated(Terminated end) {
        return new ContainerSnapshot(name, image, end, last, restarts, false, false);
    }

    /** The end of this run becomes the last one, and the container waits to be run again. */
    ContainerSnapshot waitingForRestart(Terminated end, Waiting waiting) {
        return new ContainerSnapshot(name, image, waiting, Optional.of(end), restarts, false, false);
    }

    ContainerSnapshot restarted() {
        return new ContainerSnapshot(name, image, state, last, restarts + 1, false, false);
    }
}
