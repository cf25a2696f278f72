package io.llmservice.operator.report;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.llmservice.api.v1alpha1.NodeStatus;
import io.llmservice.planner.children.ServingNodePools;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The nodes of a service in words: what Karpenter has asked for, what has come, and whether GPUs are announced. */
final class Nodes {

    /** A device plugin announces GPUs within seconds of a node being Ready; after this long it never will. */
    static final Duration GPU_PATIENCE = Duration.ofMinutes(1);

    static final String GPU_MISSING = "GpuMissing";

    /** A node that goes, as after scaling in: nobody waits for it. */
    private static final String DRAINING = "Draining";

    private Nodes() {}

    static List<NodeStatus> of(Observation observation) {
        return observation.fleet().nodeClaims().stream()
                .map(claim -> status(claim, observation))
                .toList();
    }

    static Finding ready(Situation situation, List<NodeStatus> nodes) {
        var spec = situation.service().getSpec();
        if (spec == null || spec.compute().nodePool().managed() == null) {
            return Finding.good(
                    ConditionType.NodesReady, Reason.NotManaged, "something else makes the nodes of this service");
        }
        var missing =
                nodes.stream().filter(node -> node.state().equals(GPU_MISSING)).findFirst();
        if (missing.isPresent()) {
            return Finding.bad(ConditionType.NodesReady, Reason.GpuMissing, message(missing.get()));
        }
        var coming =
                nodes.stream().filter(node -> !node.state().equals(DRAINING)).toList();
        var pending =
                coming.stream().filter(node -> !node.state().equals("Ready")).findFirst();
        if (coming.isEmpty()) {
            return Finding.bad(
                    ConditionType.NodesReady,
                    Reason.NodesPending,
                    "Karpenter has made no node yet; see `kubectl get nodeclaims` and the events of the pending pods");
        }
        return pending.map(node -> Finding.bad(
                        ConditionType.NodesReady,
                        Reason.NodesPending,
                        node.name() + " is " + node.state() + ": " + message(node)))
                .orElseGet(() -> Finding.good(
                        ConditionType.NodesReady,
                        Reason.NodesReady,
                        coming.size() == 1 ? "1 node is ready" : coming.size() + " nodes are ready"));
    }

    private static String message(NodeStatus node) {
        return Objects.requireNonNullElse(node.message(), "");
    }

    private static NodeStatus status(GenericKubernetesResource claim, Observation observation) {
        @Nullable String nodeName = claim.get("status", "nodeName");
        var labels = Objects.requireNonNullElse(claim.getMetadata().getLabels(), Map.<String, String>of());
        var node = observation.fleet().nodes().stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(nodeName))
                .findFirst();
        var state = state(claim, node, observation.now());
        return new NodeStatus(
                claim.getMetadata().getName(),
                nodeName,
                labels.get("node.kubernetes.io/instance-type"),
                labels.get("karpenter.sh/capacity-type"),
                state,
                explain(state, claim));
    }

    private static String state(GenericKubernetesResource claim, Optional<Node> node, Instant now) {
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return DRAINING;
        }
        if (node.isPresent() && lacksGpus(node.get(), now)) {
            return GPU_MISSING;
        }
        if (!isTrue(claim, "Launched")) {
            return "Launching";
        }
        if (!isTrue(claim, "Registered")) {
            return "Registering";
        }
        return isTrue(claim, "Initialized") ? "Ready" : "Initializing";
    }

    private static boolean lacksGpus(Node node, Instant now) {
        if (node.getStatus() == null) {
            return false;
        }
        var allocatable = Objects.requireNonNullElse(node.getStatus().getAllocatable(), Map.<String, Quantity>of());
        var gpus = allocatable.get(ServingNodePools.GPU);
        boolean none = gpus == null || gpus.getNumericalAmount().signum() == 0;
        return none
                && node.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .filter(condition -> condition.getStatus().equals("True"))
                        .map(NodeCondition::getLastTransitionTime)
                        .map(Instant::parse)
                        .anyMatch(since -> Duration.between(since, now).compareTo(GPU_PATIENCE) >= 0);
    }

    private static @Nullable String explain(String state, GenericKubernetesResource claim) {
        return switch (state) {
            case "Launching" -> conditionMessage(claim, "Launched").orElse("Karpenter is asking EC2 for the instance");
            case "Registering" ->
                conditionMessage(claim, "Registered").orElse("the instance is booting and has not joined yet");
            case "Initializing" ->
                conditionMessage(claim, "Initialized")
                        .orElse("the node is not Ready, or its GPUs are not announced yet");
            case DRAINING -> "the node is going; it waits for its pods";
            case GPU_MISSING ->
                "node is Ready but announces no nvidia.com/gpu: the NVIDIA device plugin is not running there, or does not tolerate the"
                        + " node's taints; install it with a toleration for nvidia.com/gpu and llmservice.io/pool";
            default -> null;
        };
    }

    private static boolean isTrue(GenericKubernetesResource claim, String type) {
        return condition(claim, type)
                .map(condition -> "True".equals(condition.get("status")))
                .orElse(false);
    }

    private static Optional<String> conditionMessage(GenericKubernetesResource claim, String type) {
        return condition(claim, type)
                .map(condition -> (String) condition.get("message"))
                .filter(message -> !message.isBlank());
    }

    private static Optional<Map<String, Object>> condition(GenericKubernetesResource claim, String type) {
        List<Map<String, Object>> conditions = claim.get("status", "conditions");
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }
}
