package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.llmservice.planner.children.ServingNodePools;
import java.util.Objects;
import java.util.Optional;

/** Which changes of a node matter: kubelets write heartbeats every few seconds, and those do not. */
final class NodeChanges {

    private NodeChanges() {}

    static boolean matter(Node now, Node before) {
        return !Objects.equals(ready(now), ready(before))
                || !Objects.equals(gpus(now), gpus(before))
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp());
    }

    private static String ready(Node node) {
        return Optional.ofNullable(node.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals("Ready"))
                .map(NodeCondition::getStatus)
                .findFirst()
                .orElse("");
    }

    private static String gpus(Node node) {
        return Optional.ofNullable(node.getStatus())
                .map(status -> status.getAllocatable())
                .map(allocatable -> allocatable.get(ServingNodePools.GPU))
                .map(Object::toString)
                .orElse("");
    }
}
