package io.llmservice.localcluster.karpenter;

import static java.util.Map.entry;

import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.binaries.Program;
import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.LoopbackPorts;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A running Karpenter with the simulated cloud, and the stock of that cloud. */
public final class Karpenter implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Path executable;
    private final Path kubeconfig;
    private final RunDirectory directory;
    private final List<SimulatedInstanceType> types;
    private Set<Offering> outOfStock = Set.of();
    private ChildProcess process;

    private Karpenter(Path executable, Path kubeconfig, RunDirectory directory, List<SimulatedInstanceType> types) {
        this.executable = executable;
        this.kubeconfig = kubeconfig;
        this.directory = directory;
        this.types = List.copyOf(types);
        this.process = launch();
    }

    /**
     * Starts Karpenter and waits until it is ready. Its CRDs must be installed.
     *
     * @param kubeconfig the credentials that Karpenter works with
     */
    public static Karpenter start(
            Binaries binaries, RunDirectory directory, Path kubeconfig, List<SimulatedInstanceType> types) {
        return new Karpenter(binaries.locate(Program.KARPENTER), kubeconfig, directory, types);
    }

    /**
     * Says which offerings the cloud cannot deliver from now on; the empty set restores everything.
     *
     * <p>Karpenter reads its instance types when it starts, so it is restarted, which takes a second or two. Machines that
     * run already stay.
     */
    public synchronized void setOutOfStock(Set<Offering> offerings) {
        if (!outOfStock.equals(offerings)) {
            outOfStock = Set.copyOf(offerings);
            process.close();
            process = launch();
        }
    }

    private ChildProcess launch() {
        List<Integer> ports = LoopbackPorts.free(2);
        ChildProcess started = ChildProcess.start(program(ports), directory);
        try {
            awaitReady(started, ports.get(1));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private ProgramSpec program(List<Integer> ports) {
        Path instanceTypes = directory.resolve("instance-types.json");
        try {
            Files.writeString(instanceTypes, InstanceTypesFile.json(types, outOfStock));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + instanceTypes, e);
        }
        return new ProgramSpec(
                "karpenter",
                List.of(executable.toString(), "--instance-types-file-path", instanceTypes.toString()),
                Map.ofEntries(
                        entry("KUBECONFIG", kubeconfig.toString()),
                        entry("SYSTEM_NAMESPACE", "kube-system"),
                        entry("DISABLE_LEADER_ELECTION", "true"),
                        entry("CPU_REQUESTS", "1"),
                        entry("METRICS_PORT", Integer.toString(ports.get(0))),
                        entry("HEALTH_PROBE_PORT", Integer.toString(ports.get(1)))),
                directory.root(),
                directory.log("karpenter"));
    }

    private static void awaitReady(ChildProcess process, int healthPort) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        Instant deadline = Instant.now().plus(READY_WITHIN);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answersOk(http, request)) {
                if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("Karpenter did not become ready; the end of %s:%n%s"
                            .formatted(process.log(), process.logTail(15)));
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Karpenter was starting", e);
        }
    }

    private static boolean answersOk(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        process.close();
    }
}
