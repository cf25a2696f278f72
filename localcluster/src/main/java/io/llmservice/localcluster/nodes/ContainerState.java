package io.llmservice.localcluster.nodes;

import java.time.Instant;
import java.util.Objects;

/** The states that kubelet reports for a container. */
sealed interface ContainerState {
    /** Not running, and why. */
    record Waiting(String reason, String message) implements ContainerState {
        static Waiting creating() {
            return new Waiting("ContainerCreating", "");
        }
    }

    /** Running since then. */
    record Running(Instant since) implements ContainerState {}

    /** Ended, and how. */
    record Terminated(int exitCode, String reason, String message, Instant started, Instant finished)
            implements ContainerState {
        public Terminated {
            Objects.requireNonNull(message);
        }

        static Terminated exited(int exitCode, String message, Instant started, Instant finished) {
            return new Terminated(exitCode, exitCode == 0 ? "Completed" : "Error", message, started, finished);
        }
    }
}
