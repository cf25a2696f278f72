package io.llmservice.localcluster.workload;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Runs containers as processes of this machine, each under the rights of its pod's service account.
 *
 * <p>The process gets the container's variables, and {@code KUBECONFIG} naming a kubeconfig with the pod's token unless
 * the pod wants none. Volumes are not mounted.
 */
public final class LocalProcess implements WorkloadRuntime {
    private final Pattern image;
    private final RunDirectory directory;
    private final Function<WorkloadContext, List<String>> command;

    /**
     * @param image which images this is for
     * @param directory where the processes are recorded, so that none outlives the cluster
     * @param command what to start for a container
     */
    public LocalProcess(Pattern image, RunDirectory directory, Function<WorkloadContext, List<String>> command) {
        this.image = image;
        this.directory = directory;
        this.command = command;
    }

    /** Starts {@code program} with the container's arguments after it. */
    public static LocalProcess program(Pattern image, RunDirectory directory, List<String> program) {
        return new LocalProcess(image, directory, context -> {
            List<String> command = new ArrayList<>(program);
            command.addAll(context.arguments());
            return command;
        });
    }

    @Override
    public boolean runs(Container container) {
        return image.matcher(container.getImage()).matches();
    }

    @Override
    public RunningWorkload start(WorkloadContext context) {
        Map<String, String> environment = new HashMap<>(context.environment());
        context.credentials().kubeconfig().ifPresent(file -> environment.put("KUBECONFIG", file.toString()));
        ObjectMeta pod = context.pod().getMetadata();
        String name = "pod-%s-%s-%s"
                .formatted(
                        pod.getNamespace(), pod.getName(), context.container().getName());
        return new RunningProcess(ChildProcess.start(
                new ProgramSpec(name, command.apply(context), environment, context.directory(), context.log()),
                directory));
    }

    private record RunningProcess(ChildProcess process) implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return process.exit();
        }

        @Override
        public void stop(Duration grace) {
            process.requestStop();
            CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> process.stop(Duration.ZERO));
        }
    }
}
