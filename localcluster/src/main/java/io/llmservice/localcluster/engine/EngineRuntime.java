package io.llmservice.localcluster.engine;

import io.fabric8.kubernetes.api.model.Container;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Runs the containers of vLLM images as simulators in this process, each on the address of its pod. */
public final class EngineRuntime implements WorkloadRuntime {
    /** Images whose name has "vllm" in it. */
    public static final Pattern VLLM_IMAGE = Pattern.compile(".*vllm.*");

    private final Pattern image;

    /** @param image the images that are engines */
    public EngineRuntime(Pattern image) {
        this.image = image;
    }

    @Override
    public boolean runs(Container container) {
        return image.matcher(container.getImage()).matches();
    }

    @Override
    public RunningWorkload start(WorkloadContext context) throws WorkloadStartException {
        try {
            EngineOptions options =
                    EngineOptions.read(EngineImage.arguments(context), EngineImage.environment(context));
            InetSocketAddress address = new InetSocketAddress(context.address(), options.port());
            return new Simulated(
                    EngineSimulator.start(address, EngineImage.arguments(context), EngineImage.environment(context)));
        } catch (EngineExitException refused) {
            throw new WorkloadStartException(refused.exitCode(), String.valueOf(refused.getMessage()));
        }
    }

    private record Simulated(EngineSimulator simulator) implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return simulator.exit();
        }

        @Override
        public void stop(Duration grace) {
            simulator.stop(grace);
        }
    }
}
