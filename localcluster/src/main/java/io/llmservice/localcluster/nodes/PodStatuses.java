package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.llmservice.localcluster.nodes.ContainerState.Running;
import io.llmservice.localcluster.nodes.ContainerState.Terminated;
import io.llmservice.localcluster.nodes.ContainerState.Waiting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a pod's status as kubelet would, from what is known about its containers; pure. */
final class PodStatuses {
    private PodStatuses() {}

    /**
     * What the status is computed from.
     *
     * @param initialized whether all init containers are done
     */
    record View(
            String address,
            Instant startTime,
            boolean initialized,
            List<ContainerSnapshot> initContainers,
            List<ContainerSnapshot> containers) {
        View {
            initContainers = List.copyOf(initContainers);
            containers = List.copyOf(containers);
        }
    }

    /** The status; a condition keeps its transition time from {@code before} unless it flips now. */
    static PodStatus status(View view, List<PodCondition> before, Instant now) {
        String phase = phase(view);
        return new PodStatusBuilder()
                .withPhase(phase)
                .withStartTime(text(view.startTime()))
                .withHostIP("127.0.0.1")
                .withPodIP(view.address())
                .withPodIPs(new PodIPBuilder().withIp(view.address()).build())
                .withConditions(conditions(view, phase, before, now))
                .withInitContainerStatuses(view.initContainers().stream()
                        .map(PodStatuses::containerStatus)
                        .toList())
                .withContainerStatuses(view.containers().stream()
                        .map(PodStatuses::containerStatus)
                        .toList())
                .build();
    }

    /** Pending until every container has run once; then Running until all have ended for good. */
    private static String phase(View view) {
        boolean allEnded = !view.containers().isEmpty()
                && view.containers().stream().allMatch(container -> container.state() instanceof Terminated);
        if (allEnded) {
            return view.containers().stream()
                            .allMatch(container -> container.state() instanceof Terminated end && end.exitCode() == 0)
                    ? "Succeeded"
                    : "Failed";
        }
        boolean allHaveRun = view.containers().stream()
                .allMatch(container -> !(container.state() instanceof Waiting)
                        || container.last().isPresent());
        return view.initialized() && allHaveRun ? "Running" : "Pending";
    }

    private static List<PodCondition> conditions(View view, String phase, List<PodCondition> before, Instant now) {
        List<String> unready = view.containers().stream()
                .filter(container -> !container.ready())
                .map(ContainerSnapshot::name)
                .toList();
        Verdict ready = switch (phase) {
            case "Succeeded" -> new Verdict(false, "PodCompleted", null);
            case "Failed" -> new Verdict(false, "PodFailed", null);
            default ->
                unready.isEmpty()
                        ? new Verdict(true, null, null)
                        : new Verdict(
                                false,
                                "ContainersNotReady",
                                "containers with unready status: [" + String.join(" ", unready) + "]");
        };
        Verdict initialized = view.initialized()
                ? new Verdict(true, null, null)
                : new Verdict(false, "ContainersNotInitialized", "init containers have not completed");
        List<PodCondition> conditions = new ArrayList<>();
        conditions.add(condition("PodReadyToStartContainers", new Verdict(true, null, null), before, now));
        conditions.add(condition("Initialized", initialized, before, now));
        conditions.add(condition("ContainersReady", ready, before, now));
        conditions.add(condition("Ready", ready, before, now));
        return conditions;
    }

    private record Verdict(
            boolean holds,
            @Nullable String reason,
            @Nullable String message) {}

    private static PodCondition condition(String type, Verdict verdict, List<PodCondition> before, Instant now) {
        String status = verdict.holds() ? "True" : "False";
        String since = before.stream()
                .filter(earlier -> earlier.getType().equals(type)
                        && earlier.getStatus().equals(status)
                        && earlier.getLastTransitionTime() != null)
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> text(now));
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(verdict.reason())
                .withMessage(verdict.message())
                .withLastTransitionTime(since)
                .build();
    }

    private static ContainerStatus containerStatus(ContainerSnapshot container) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(container.name())
                .withImage(container.image())
                .withImageID("localcluster://" + container.image())
                .withReady(container.ready())
                .withStarted(container.started())
                .withRestartCount(container.restarts())
                .withState(state(container.state()));
        container.last().ifPresent(end -> status.withLastState(state(end)));
        return status.build();
    }

    private static io.fabric8.kubernetes.api.model.ContainerState state(ContainerState state) {
        ContainerStateBuilder builder = new ContainerStateBuilder();
        return switch (state) {
            case Waiting waiting ->
                builder.withNewWaiting(orNull(waiting.message()), waiting.reason())
                        .build();
            case Running running ->
                builder.withNewRunning(text(running.since())).build();
            case Terminated end ->
                builder.withNewTerminated()
                        .withExitCode(end.exitCode())
                        .withReason(end.reason())
                        .withMessage(orNull(end.message()))
                        .withStartedAt(text(end.started()))
                        .withFinishedAt(text(end.finished()))
                        .endTerminated()
                        .build();
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
