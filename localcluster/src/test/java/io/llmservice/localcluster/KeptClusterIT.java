package io.llmservice.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmservice.localcluster.process.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptClusterIT {
    @TempDir
    private Path temporary;

    private final List<String> output = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        cluster().down();
    }

    @Test
    void runsUntilItIsToldToEnd() throws IOException {
        assertThat(cluster().up(keeper("up"))).as("output: %s", output).isTrue();
        Map<String, ProcessHandle> processes = processes();
        assertThat(cluster().up(keeper("up"))).isTrue();

        assertThat(processes()).as("a second start changes nothing").isEqualTo(processes);
        assertThat(String.join(" ", processes.keySet()))
                .contains("keeper", "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "karpenter");
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster().kubeconfig().toFile()))
                .build()) {
            assertThat(client.nodes().withName("system").get()).isNotNull();
        }
        cluster().down();
        assertThat(processes.values()).noneMatch(ProcessHandle::isAlive);
        assertThat(cluster().kubeconfig()).doesNotExist();
    }

    @Test
    void leavesNothingBehindWhenItsKeeperIsKilled() throws IOException {
        assertThat(cluster().up(keeper("up"))).as("output: %s", output).isTrue();
        Map<String, ProcessHandle> processes = processes();

        assertThat(Objects.requireNonNull(processes.get("keeper")).destroyForcibly())
                .isTrue();

        await().atMost(15, SECONDS).until(() -> processes.values().stream().noneMatch(ProcessHandle::isAlive));
        cluster().down();
        assertThat(output.getLast()).contains("No cluster is running");
        assertThat(processes()).isEmpty();
    }

    @Test
    void saysWhyItDidNotStart() {
        assertThat(cluster().up(keeper("nonsense"))).isFalse();

        assertThat(output).anyMatch(line -> line.contains("usage")).anyMatch(line -> line.contains("did not start"));
    }

    private KeptCluster cluster() {
        return new KeptCluster(directory(), output::add);
    }

    private Path directory() {
        return temporary.resolve("cluster");
    }

    private List<String> keeper(String command) {
        return KeptCluster.javaCommand(
                ClusterCommand.class.getName(),
                List.of(command, "--directory", directory().toString()));
    }

    /** What is recorded and alive, by name. */
    private Map<String, ProcessHandle> processes() throws IOException {
        try (Stream<Path> records = Files.list(directory().resolve("processes"))) {
            return records.filter(file -> file.toString().endsWith(".pid"))
                    .map(KeptClusterIT::entry)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    private static Optional<Map.Entry<String, ProcessHandle>> entry(Path file) {
        try {
            return ProcessRecord.parse(Files.readString(file))
                    .flatMap(ProcessRecord::find)
                    .map(process -> Map.entry(file.getFileName().toString().replace(".pid", ""), process));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
