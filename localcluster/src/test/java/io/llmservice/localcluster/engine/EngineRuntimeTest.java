package io.llmservice.localcluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineRuntimeTest {
    private static final Map<String, String> FAST = Map.of("SIMULATOR_LOAD_SECONDS", "0");

    private final EngineRuntime runtime = new EngineRuntime(EngineRuntime.VLLM_IMAGE);

    @Test
    void runsImagesOfVllmOnly() {
        assertThat(runtime.runs(container("vllm/vllm-openai:v0.32.0"))).isTrue();
        assertThat(runtime.runs(container("registry.example:5000/mirror/vllm-openai:v0.22.1")))
                .isTrue();
        assertThat(runtime.runs(container("nginx:1.29"))).isFalse();
    }

    @Test
    void servesOnTheAddressOfThePodAndThePortInTheArguments() throws Exception {
        InetAddress address = InetAddress.getByName("127.9.9.3");
        RunningWorkload engine = runtime.start(context(
                "vllm/vllm-openai:v0.32.0",
                address,
                List.of("vllm", "serve"),
                List.of("some/model", "--served-model-name=tiny", "--port=18000")));

        try (EngineClient client = new EngineClient(() -> new InetSocketAddress(address, 18000))) {
            await().ignoreExceptions()
                    .until(() -> client.get("/v1/models")
                            .json()
                            .path("data")
                            .path(0)
                            .path("root")
                            .asText()
                            .equals("some/model"));
        }
        engine.stop(Duration.ZERO);
        assertThat(engine.exit().toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(0);
    }

    @Test
    void theImagesTagSaysWhichFlagsItKnows() {
        List<String> arguments = List.of("serve", "some/model", "--max-num-queued-reqs=8");

        assertThatExceptionOfType(WorkloadStartException.class)
                .isThrownBy(() -> runtime.start(
                        context("vllm/vllm-openai:v0.22.1", InetAddress.getLoopbackAddress(), List.of(), arguments)))
                .satisfies(exit -> assertThat(exit.exitCode()).isEqualTo(2));
    }

    @Test
    void theRealEngineGetsAPodsArgumentsWithoutItsGpus(@TempDir Path cache) throws Exception {
        List<String> arguments = List.of(
                "some/model",
                "--tensor-parallel-size=8",
                "--gpu-memory-utilization=0.9",
                "--max_model_len=100k",
                "--max-num-seqs=4");
        Consumer<String> quiet = progress -> {};
        VllmInstallation installation = new VllmInstallation(cache, quiet);
        EngineOptions options = EngineOptions.read(arguments, Map.of());

        List<String> command = RealEngine.command(
                installation,
                new InetSocketAddress(InetAddress.getByName("127.9.9.4"), 8000),
                options,
                EngineOptions.kept(Set.of("--max-num-seqs"), arguments, Map.of()));

        assertThat(command.subList(1, command.size()))
                .containsExactly(
                        "serve",
                        cache.resolve("vllm-0.32.0/tiny").toString(),
                        "--host",
                        "127.9.9.4",
                        "--port",
                        "8000",
                        "--dtype",
                        "float32",
                        "--enforce-eager",
                        "--max-model-len",
                        "8192",
                        "--max-num-seqs",
                        "4",
                        "--served-model-name",
                        "some/model");
    }

    private static Container container(String image) {
        return new ContainerBuilder().withName("engine").withImage(image).build();
    }

    private static WorkloadContext context(
            String image, InetAddress address, List<String> command, List<String> arguments)
            throws UnknownHostException {
        Path nowhere = Path.of("target");
        return new WorkloadContext(
                new PodBuilder().withNewMetadata().withName("pod").endMetadata().build(),
                container(image),
                address,
                FAST,
                command,
                new ArrayList<>(arguments),
                nowhere,
                nowhere.resolve("engine.log"),
                Optional::empty);
    }
}
