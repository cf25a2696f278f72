package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.llmservice.localcluster.workload.ServiceAccountCredentials;
import io.llmservice.localcluster.workload.WorkloadContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the containers of one pod have in common.
 *
 * @param pod as it came to the node
 * @param address the pod's own
 * @param directory the pod's own; logs are in it
 */
record PodEnvironment(
        Pod pod,
        InetAddress address,
        Path directory,
        ContainerEnvironment.References references,
        ServiceAccountCredentials credentials,
        ProbeClient probeClient,
        RestartBackoff backoff) {
    /** Kubelet takes this much of a log for a termination message. */
    private static final int MESSAGE_LINES = 80;

    private static final int MESSAGE_CHARACTERS = 2048;

    String name() {
        return pod.getMetadata().getName();
    }

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    String restartPolicy() {
        return Optional.ofNullable(pod.getSpec().getRestartPolicy()).orElse("Always");
    }

    Duration gracePeriod() {
        return Duration.ofSeconds(Optional.ofNullable(pod.getSpec().getTerminationGracePeriodSeconds())
                .orElse(30L));
    }

    ContainerEnvironment.Resolution environmentOf(Container container) {
        return ContainerEnvironment.resolve(container, pod, address.getHostAddress(), references);
    }

    WorkloadContext context(Container container, Map<String, String> variables) {
        return new WorkloadContext(
                pod,
                container,
                address,
                variables,
                ContainerEnvironment.expand(orEmpty(container.getCommand()), variables),
                ContainerEnvironment.expand(orEmpty(container.getArgs()), variables),
                directory,
                log(container),
                credentials);
    }

    Path log(Container container) {
        return directory.resolve(container.getName() + ".log");
    }

    void appendToLog(Container container, String text) {
        try {
            Files.writeString(log(container), text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the log of " + name(), e);
        }
    }

    /** The end of the log of a container that failed, if its spec asks for that; else nothing. */
    String terminationMessage(Container container, int exitCode) {
        if (exitCode == 0 || !"FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())) {
            return "";
        }
        try {
            Path log = log(container);
            List<String> lines = Files.exists(log)
                    ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                            .lines()
                            .toList()
                    : List.of();
            String end = String.join("\n", lines.subList(Math.max(0, lines.size() - MESSAGE_LINES), lines.size()));
            return end.substring(Math.max(0, end.length() - MESSAGE_CHARACTERS));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the log of " + name(), e);
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }
}
