package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.Container;
import io.llmservice.localcluster.engine.EngineExitException;
import io.llmservice.localcluster.engine.EngineSimulator;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Runs vLLM's containers as simulators in this JVM, each on its pod's address. */
final class SimulatedEngines implements WorkloadRuntime {

    private static final int PORT = 8000;

    @Override
    public boolean runs(Container container) {
        return container.getImage().contains("vllm-openai");
    }

    @Override
    public RunningWorkload start(WorkloadContext context) throws WorkloadStartException {
        try {
            return new Simulated(EngineSimulator.start(
                    new InetSocketAddress(context.address(), PORT), context.arguments(), context.environment()));
        } catch (EngineExitException refused) {
            throw new WorkloadStartException(refused.exitCode(), String.valueOf(refused.getMessage()));
        }
    }

    private record Simulated(EngineSimulator engine) implements RunningWorkload {

        @Override
        public CompletionStage<Integer> exit() {
            return engine.exit();
        }

        @Override
        public void stop(Duration grace) {
            engine.stop(grace);
        }
    }
}
