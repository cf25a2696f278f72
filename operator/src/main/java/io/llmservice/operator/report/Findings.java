package io.llmservice.operator.report;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.llmservice.api.v1alpha1.PodMonitorMode;
import io.llmservice.planner.Identity;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Sibling;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions that speak of one part each. */
final class Findings {

    private Findings() {}

    static Finding planned(Situation situation) {
        return switch (situation.decision()) {
            case Decision.Proceed proceed ->
                Finding.good(
                        ConditionType.Planned,
                        Reason.Accepted,
                        proceed.accepted().plan().words().summary());
            case Decision.Hold hold ->
                Finding.bad(
                        ConditionType.Planned,
                        hold.problem().reason(),
                        hold.problem().message());
        };
    }

    static Finding objectsApplied(Situation situation) {
        var applied = situation.applied();
        if (!applied.conflicts().isEmpty()) {
            return Finding.bad(
                    ConditionType.ObjectsApplied,
                    Reason.ObjectConflict,
                    applied.conflicts().stream().map(Findings::name).collect(Collectors.joining(", "))
                            + " is there already and does not belong to this LlmService; it was not touched: delete or rename it,"
                            + " or choose another name for the LlmService");
        }
        if (applied.lostVolumes() || applied.failures().stream().anyMatch(Findings::isLostVolume)) {
            return Finding.bad(
                    ConditionType.ObjectsApplied,
                    Reason.ImageVolumeUnsupported,
                    "the API server dropped the image volume of spec.model.source.image; use Kubernetes 1.35, switch on the"
                            + " ImageVolume feature gate, or bring the weights another way");
        }
        if (!applied.failures().isEmpty()) {
            return Finding.bad(
                    ConditionType.ObjectsApplied,
                    Reason.ApplyFailed,
                    "the API server refused " + String.join("; ", applied.failures()));
        }
        return Finding.good(
                ConditionType.ObjectsApplied,
                Reason.Applied,
                applied.owned().size() + " objects are as they should be");
    }

    static Finding kindsAvailable(Situation situation) {
        var skipped = situation.applied().skipped();
        boolean podMonitorWanted = situation
                .decision()
                .inForce()
                .map(plan -> plan.spec().monitoring().podMonitor() == PodMonitorMode.ENABLED)
                .orElse(false);
        var missed = skipped.stream()
                .filter(kind -> podMonitorWanted || !kind.equals(CustomKinds.POD_MONITOR.kind()))
                .toList();
        return missed.isEmpty()
                ? Finding.good(
                        ConditionType.KindsAvailable, Reason.KindsKnown, "the cluster knows every kind that is needed")
                : Finding.bad(
                        ConditionType.KindsAvailable,
                        Reason.KindMissing,
                        "the cluster does not know " + String.join(", ", missed)
                                + "; they are made as soon as their CustomResourceDefinitions are installed"
                                + advice(missed));
    }

    static Finding autoscalerActive(Situation situation) {
        var conditions = situation.observation().child(HorizontalPodAutoscaler.class).stream()
                .flatMap(autoscaler -> Optional.ofNullable(autoscaler.getStatus()).stream())
                .flatMap(status -> status.getConditions().stream())
                .toList();
        return condition(conditions, "ScalingActive")
                .map(Findings::scaling)
                .orElseGet(() -> Finding.unknown(
                        ConditionType.AutoscalerActive,
                        Reason.ScalingUnknown,
                        "the HorizontalPodAutoscaler has not looked at its metrics yet"));
    }

    static Finding modelNameUnique(Situation situation, String modelName) {
        var identity = Identity.of(situation.service());
        var created =
                Objects.requireNonNullElse(situation.service().getMetadata().getCreationTimestamp(), "");
        List<String> older = situation.observation().siblings().stream()
                .filter(sibling -> sibling.modelName().equals(modelName))
                .filter(sibling -> sibling.isOlderThan(created, identity.uid()))
                .map(Sibling::identity)
                .map(other -> other.namespace() + "/" + other.name())
                .sorted()
                .toList();
        return older.isEmpty()
                ? Finding.good(ConditionType.ModelNameUnique, Reason.Unique, "clients reach it as " + modelName)
                : Finding.bad(
                        ConditionType.ModelNameUnique,
                        Reason.ModelNameConflict,
                        "the older service %s claims the model name %s and keeps it; this one is reached under /%s/%s, or set spec.model.name to another name"
                                .formatted(older.getFirst(), modelName, identity.namespace(), identity.name()));
    }

    private static Finding scaling(HorizontalPodAutoscalerCondition condition) {
        if ("True".equals(condition.getStatus())) {
            return Finding.good(
                    ConditionType.AutoscalerActive,
                    Reason.Scaling,
                    "the autoscaler reads the running requests of the pods");
        }
        return Finding.bad(
                ConditionType.AutoscalerActive,
                Reason.MetricsUnavailable,
                "the autoscaler cannot read vllm:num_requests_running (" + condition.getReason()
                        + "): no pod answers yet, or the custom metrics API is not served; see"
                        + " `kubectl get apiservice v1beta2.custom.metrics.k8s.io`");
    }

    private static Optional<HorizontalPodAutoscalerCondition> condition(
            List<HorizontalPodAutoscalerCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static String advice(List<String> kinds) {
        return kinds.contains(CustomKinds.NODE_POOL.kind())
                ? "; without Karpenter, set spec.compute.nodePool.none with a nodeSelector for GPU nodes that are there"
                : "";
    }

    private static boolean isLostVolume(String failure) {
        return failure.contains("must specify a volume type");
    }

    private static String name(ChildKey key) {
        return key.kind() + " " + (key.namespace().isEmpty() ? "" : key.namespace() + "/") + key.name();
    }
}
