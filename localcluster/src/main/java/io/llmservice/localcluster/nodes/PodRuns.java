package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.controlplane.Kubeconfig;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** All pods on simulated nodes: starts the life of each when it is bound to a node, and ends it. */
final class PodRuns implements AutoCloseable {
    private final KubernetesClient client;
    private final Function<String, Kubeconfig> tokens;
    private final Path directory;
    private final RestartBackoff backoff;
    private final Function<Container, WorkloadRuntime> runtimes;
    private final Clock clock;
    private final ProbeClient probeClient = new ProbeClient();
    private final LoopbackAddresses addresses = new LoopbackAddresses();
    private final Set<String> nodes = new HashSet<>();

    /** Pods bound to a node that is not known yet: the two watches are not ordered. */
    private final Map<String, Pod> early = new HashMap<>();

    private final Map<String, Entry> running = new HashMap<>();

    private record Entry(String node, InetAddress address, PodRun run) {}

    PodRuns(
            KubernetesClient client,
            Function<String, Kubeconfig> tokens,
            Path directory,
            RestartBackoff backoff,
            Function<Container, WorkloadRuntime> runtimes,
            Clock clock) {
        this.client = client;
        this.tokens = tokens;
        this.directory = directory;
        this.backoff = backoff;
        this.runtimes = runtimes;
        this.clock = clock;
    }

    synchronized void nodeAppeared(String node) {
        if (nodes.add(node)) {
            List<Pod> waiting = early.values().stream()
                    .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                    .toList();
            waiting.forEach(this::changed);
        }
    }

    /** The machine is gone, and with it what ran there. */
    synchronized void nodeGone(String node) {
        nodes.remove(node);
        running.entrySet().removeIf(entry -> {
            boolean there = entry.getValue().node().equals(node);
            if (there) {
                end(entry.getValue());
            }
            return there;
        });
    }

    synchronized void changed(Pod pod) {
        String uid = pod.getMetadata().getUid();
        String node = pod.getSpec().getNodeName();
        if (node == null) {
            return;
        }
        if (!nodes.contains(node)) {
            early.put(uid, pod);
            return;
        }
        early.remove(uid);
        running.computeIfAbsent(uid, absent -> begin(pod, node)).run().changed(pod);
    }

    synchronized void gone(Pod pod) {
        String uid = pod.getMetadata().getUid();
        early.remove(uid);
        Entry entry = running.remove(uid);
        if (entry != null) {
            end(entry);
        }
    }

    private Entry begin(Pod pod, String node) {
        InetAddress address = Optional.ofNullable(pod.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(SimulatedNodes.POD_IP_ANNOTATION))
                .map(InetAddress::ofLiteral)
                .filter(InetAddress::isLoopbackAddress)
                .orElseGet(() -> addresses.take(ports(pod)));
        PodObjects objects = new PodObjects(client, tokens, pod, directoryOf(pod));
        PodEnvironment environment =
                new PodEnvironment(pod, address, directoryOf(pod), objects, objects, probeClient, backoff);
        PodRun run = new PodRun(environment, new PodApi(client, pod), runtimes, clock);
        run.start();
        return new Entry(node, address, run);
    }

    private void end(Entry entry) {
        entry.run().vanish();
        addresses.release(entry.address());
    }

    private static List<Integer> ports(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .map(ContainerPort::getContainerPort)
                .toList();
    }

    Path log(Pod pod, String container) {
        return directoryOf(pod).resolve(container + ".log");
    }

    private Path directoryOf(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        Path path = directory
                .resolve(metadata.getNamespace())
                .resolve(metadata.getName() + "-" + metadata.getUid().substring(0, 8));
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make " + path, e);
        }
    }

    @Override
    public synchronized void close() {
        running.values().forEach(this::end);
        running.clear();
        probeClient.close();
    }
}
