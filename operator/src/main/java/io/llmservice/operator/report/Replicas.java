package io.llmservice.operator.report;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.llmservice.api.v1alpha1.ReplicaStatus;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The replicas of a service in numbers, and what keeps one from answering. */
final class Replicas {

    private static final List<String> IMAGE_REASONS = List.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName");
    private static final List<String> FAILURE_REASONS =
            List.of("CrashLoopBackOff", "CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    private Replicas() {}

    static ReplicaStatus count(Observation observation, int gpusPerReplica) {
        var deployment = observation.child(Deployment.class);
        int desired = deployment
                .map(found -> found.getSpec().getReplicas())
                .map(number -> Objects.requireNonNullElse(number, 0))
                .orElse(0);
        int ready = status(deployment).map(DeploymentStatus::getReadyReplicas).orElse(0);
        return new ReplicaStatus(desired, ready, desired * gpusPerReplica);
    }

    /** Whether every replica asked for is of the newest template and answers. */
    static boolean isSettled(Observation observation) {
        var deployment = observation.child(Deployment.class);
        if (deployment.isEmpty() || status(deployment).isEmpty()) {
            return false;
        }
        var found = deployment.get();
        var status = status(deployment).get();
        int desired = Objects.requireNonNullElse(found.getSpec().getReplicas(), 0);
        return Objects.equals(
                        status.getObservedGeneration(), found.getMetadata().getGeneration())
                && orZero(status.getUpdatedReplicas()) >= desired
                && orZero(status.getReadyReplicas()) >= desired
                && orZero(status.getReplicas()) == desired;
    }

    /** Why the first failing pod does not answer, if its container says so. */
    static Optional<Finding> failure(Observation observation) {
        return observation.fleet().pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> statuses(pod).flatMap(status -> failure(pod, status).stream()))
                .findFirst();
    }

    static boolean anyUnscheduled(Observation observation) {
        return observation.fleet().pods().stream().anyMatch(pod -> pod.getSpec().getNodeName() == null);
    }

    /** What the scheduler says of the first pod that it has no node for. */
    static Optional<String> unschedulable(Observation observation) {
        return observation.fleet().pods().stream()
                .filter(pod -> pod.getSpec().getNodeName() == null && pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getConditions().stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType()))
                        .filter(condition -> "Unschedulable".equals(condition.getReason()))
                        .map(condition -> "pod " + pod.getMetadata().getName() + " has no node: "
                                + Objects.requireNonNullElse(condition.getMessage(), "it is unschedulable")))
                .findFirst();
    }

    private static Optional<Finding> failure(Pod pod, ContainerStatus status) {
        var waiting = status.getState() == null ? null : status.getState().getWaiting();
        if (waiting == null || waiting.getReason() == null) {
            return Optional.empty();
        }
        var name = pod.getMetadata().getName();
        if (IMAGE_REASONS.contains(waiting.getReason())) {
            return Optional.of(Finding.bad(
                    ConditionType.Ready,
                    Reason.ImagePullFailed,
                    "pod %s cannot pull its image (%s); check spec.engine.vllm.image, version and imagePullSecrets"
                            .formatted(name, waiting.getReason())));
        }
        if (FAILURE_REASONS.contains(waiting.getReason())) {
            return Optional.of(Finding.bad(
                    ConditionType.Ready,
                    Reason.EngineFailing,
                    "pod %s does not start (%s)%s; see `kubectl logs %s -n %s --previous`"
                            .formatted(
                                    name,
                                    waiting.getReason(),
                                    lastExit(status),
                                    name,
                                    pod.getMetadata().getNamespace())));
        }
        return Optional.empty();
    }

    /** Only the kubelet's reason and exit code: an engine's last words may hold what must not be in a status. */
    private static String lastExit(ContainerStatus status) {
        ContainerStateTerminated last =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        return last == null ? "" : ", last exit code " + last.getExitCode() + " " + last.getReason();
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null ? Stream.empty() : pod.getStatus().getContainerStatuses().stream();
    }

    private static Optional<DeploymentStatus> status(Optional<Deployment> deployment) {
        return deployment.map(Deployment::getStatus);
    }

    /** A number of replicas that answer, in words. */
    static String answering(int ready) {
        return ready == 1 ? "1 replica answers" : ready + " replicas answer";
    }

    private static int orZero(@org.jspecify.annotations.Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
