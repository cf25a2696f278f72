package io.llmservice.localcluster.engine;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.llmservice.localcluster.process.RunDirectory;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The real vLLM on CPU does what the simulator does; takes minutes and 6 GB, so only with {@code DEMO_ENGINE=vllm}. */
@EnabledIfEnvironmentVariable(named = "DEMO_ENGINE", matches = "vllm")
class RealEngineIT extends EngineConformance {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(loopback(), 8000);

    private final RunningWorkload engine = engine();

    private static RunningWorkload engine() {
        try {
            Path directory = Files.createTempDirectory("real-engine");
            RealEngine runtime =
                    new RealEngine(EngineRuntime.VLLM_IMAGE, new RunDirectory(directory), cache(), System.out::println);
            RunningWorkload running = runtime.start(context(directory));
            awaitHealth();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (WorkloadStartException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WorkloadContext context(Path directory) {
        Container container = new ContainerBuilder()
                .withName("engine")
                .withImage("vllm/vllm-openai:v" + VllmInstallation.VERSION)
                .build();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("tiny")
                .endMetadata()
                .build();
        List<String> arguments = new ArrayList<>(List.of("some/model", "--tensor-parallel-size=4"));
        arguments.addAll(ARGUMENTS);
        return new WorkloadContext(
                pod,
                container,
                ADDRESS.getAddress(),
                Map.of(),
                List.of(),
                arguments,
                directory,
                directory.resolve("engine.log"),
                Optional::empty);
    }

    private static void awaitHealth() {
        try (EngineClient client = new EngineClient(() -> ADDRESS)) {
            await().atMost(Duration.ofMinutes(6))
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> client.get("/health").status() == 200);
        }
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("LLMSERVICE_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "llmservice-operator"));
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByName("127.9.9.2");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    InetSocketAddress address() {
        return ADDRESS;
    }

    @Override
    void terminate() {
        engine.stop(Duration.ofSeconds(60));
    }

    @Override
    CompletableFuture<Integer> exit() {
        return engine.exit().toCompletableFuture();
    }

    @AfterAll
    void endEngine() {
        engine.stop(Duration.ZERO);
    }
}
