package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.planner.Labels;
import io.llmservice.planner.children.ChildContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the gateway needs from a pod: where it answers, whether it may be asked, and whose it is. */
final class PodReader {

    private PodReader() {}

    /** The service that the pod's label names. */
    static Optional<ServiceKey> service(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.SERVICE))
                .map(name -> new ServiceKey(pod.getMetadata().getNamespace(), name));
    }

    /** The pod as an endpoint; empty while it has no address. */
    static Optional<PodEndpoint> endpoint(Pod pod) {
        var metadata = pod.getMetadata();
        return Optional.ofNullable(pod.getStatus())
                .filter(status ->
                        status.getPodIP() != null && !status.getPodIP().isEmpty())
                .map(status -> new PodEndpoint(
                        metadata.getName(),
                        metadata.getUid(),
                        status.getPodIP(),
                        port(pod),
                        isReady(status),
                        metadata.getDeletionTimestamp() != null));
    }

    /** The condition alone: the phase lags behind it. */
    static boolean isReady(@Nullable PodStatus status) {
        return status != null
                && status.getConditions() != null
                && status.getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static int port(Pod pod) {
        var containers = pod.getSpec() == null ? Stream.<Container>empty() : pod.getSpec().getContainers().stream();
        return containers
                .filter(container -> ChildContext.ENGINE_CONTAINER.equals(container.getName()))
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> ChildContext.PORT_NAME.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(ChildContext.PORT);
    }
}
