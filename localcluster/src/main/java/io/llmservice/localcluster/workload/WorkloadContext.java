package io.llmservice.localcluster.workload;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a container is started with.
 *
 * @param pod the pod as it was when it came to the node
 * @param container its container that is to run
 * @param address the loopback address that belongs to the pod alone
 * @param environment the variables, references resolved and {@code $(NAME)} expanded, in the order of the spec
 * @param command the entry point that replaces the image's, empty to keep the image's
 * @param arguments the arguments, {@code $(NAME)} expanded
 * @param directory an existing directory of the pod's own
 * @param log the file for what the container writes
 * @param credentials the pod's service account
 */
public record WorkloadContext(
        Pod pod,
        Container container,
        InetAddress address,
        Map<String, String> environment,
        List<String> command,
        List<String> arguments,
        Path directory,
        Path log,
        ServiceAccountCredentials credentials) {
    public WorkloadContext {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
    }

    /** Environment and credentials are secrets. */
    @Override
    public String toString() {
        return "WorkloadContext[%s/%s %s]"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), container.getName());
    }
}
