package io.llmservice.localcluster.engine;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Runs the containers of vLLM images as the real vLLM on CPU, with a tiny random model in place of the one they name. It
 * is installed into the cache when the first one starts; an engine then takes one to two minutes to answer.
 */
public final class RealEngine implements WorkloadRuntime {
    /** What a pod's arguments say that means the same on one CPU; the rest is about GPUs, weights and addresses. */
    private static final Set<String> KEPT = Set.of(
            "--served-model-name",
            "--max-num-seqs",
            "--max-num-queued-reqs",
            "--max-num-queued-tokens",
            "--shutdown-timeout",
            "--enable-prompt-tokens-details",
            "--enable-force-include-usage",
            "--sse-keep-alive-interval");

    private final Pattern image;
    private final RunDirectory directory;
    private final VllmInstallation installation;

    /**
     * @param image the images that are engines
     * @param directory where the processes are recorded
     * @param cache where vLLM and the model are installed
     * @param progress hears what takes long
     */
    public RealEngine(Pattern image, RunDirectory directory, Path cache, Consumer<String> progress) {
        this.image = image;
        this.directory = directory;
        this.installation = new VllmInstallation(cache, progress);
    }

    @Override
    public boolean runs(Container container) {
        return image.matcher(container.getImage()).matches();
    }

    @Override
    public RunningWorkload start(WorkloadContext context) throws WorkloadStartException, InterruptedException {
        List<String> arguments = EngineImage.arguments(context);
        EngineOptions options;
        try {
            options = EngineOptions.read(arguments, EngineImage.environment(context));
        } catch (EngineExitException refused) {
            throw new WorkloadStartException(refused.exitCode(), String.valueOf(refused.getMessage()));
        }
        installation.ensure();
        InetSocketAddress address = new InetSocketAddress(context.address(), options.port());
        Map<String, List<String>> kept = EngineOptions.kept(KEPT, arguments, EngineImage.environment(context));
        List<String> command = command(installation, address, options, kept);
        ObjectMeta pod = context.pod().getMetadata();
        String name = "engine-" + pod.getNamespace() + "-" + pod.getName();
        Map<String, String> environment = environment(installation, context.environment(), context.directory());
        return new RunningProcess(ChildProcess.start(
                new ProgramSpec(name, command, environment, context.directory(), context.log()), directory));
    }

    private record RunningProcess(ChildProcess process) implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return process.exit();
        }

        @Override
        public void stop(Duration grace) {
            Thread.ofVirtual().start(() -> {
                List<ProcessHandle> workers = ProcessHandle.of(process.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList();
                process.stop(grace);
                // vLLM's server killed by force leaves its workers behind.
                workers.forEach(ProcessHandle::destroyForcibly);
            });
        }
    }

    /** The command line of the real engine for a pod's arguments. */
    static List<String> command(
            VllmInstallation installation,
            InetSocketAddress address,
            EngineOptions options,
            Map<String, List<String>> kept) {
        List<String> command = new ArrayList<>(List.of(
                installation.program("vllm").toString(),
                "serve",
                installation.model().toString(),
                "--host",
                address.getAddress().getHostAddress(),
                "--port",
                Integer.toString(address.getPort()),
                "--dtype",
                "float32",
                // Without compilation an engine answers in half the time, and there is nothing to speed up.
                "--enforce-eager",
                "--max-model-len",
                Integer.toString(Math.min(options.limits().context(), VllmInstallation.MODEL_CONTEXT))));
        kept.forEach((flag, values) -> {
            command.add(flag);
            command.addAll(values);
        });
        if (!command.contains("--served-model-name")) {
            command.addAll(List.of("--served-model-name", options.servedName()));
        }
        return List.copyOf(command);
    }

    /** The pod's environment, except that its volumes are not mounted: what points there points to places that are. */
    static Map<String, String> environment(
            VllmInstallation installation, Map<String, String> environment, Path directory) {
        Map<String, String> adapted = new HashMap<>(environment);
        adapted.keySet().removeAll(Set.of("HF_TOKEN", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "TMPDIR"));
        adapted.putIfAbsent("USER", "engine");
        adapted.put("HOME", directory.toString());
        adapted.put("HF_HOME", directory.resolve("huggingface").toString());
        // Shared by all engines: what one has compiled the next one finds.
        adapted.put("VLLM_CACHE_ROOT", installation.cache("vllm").toString());
        adapted.put("TORCHINDUCTOR_CACHE_DIR", installation.cache("inductor").toString());
        adapted.put("TRITON_CACHE_DIR", installation.cache("triton").toString());
        adapted.put("HF_HUB_OFFLINE", "1");
        adapted.put("VLLM_NO_USAGE_STATS", "1");
        adapted.put("VLLM_CPU_KVCACHE_SPACE", "1");
        return Map.copyOf(adapted);
    }
}
