package io.llmservice.localcluster.workload;

import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs any image as something that is there, is ready, does nothing, and ends when asked to. */
public final class Idle implements WorkloadRuntime {
    @Override
    public boolean runs(Container container) {
        return true;
    }

    @Override
    public RunningWorkload start(WorkloadContext context) {
        return new Nothing(new CompletableFuture<>());
    }

    private record Nothing(CompletableFuture<Integer> end) implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return end.minimalCompletionStage();
        }

        @Override
        public void stop(Duration grace) {
            end.complete(0);
        }

        @Override
        public boolean answersProbes() {
            return false;
        }
    }
}
