package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.BreakerStatus;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.EffectiveMode;
import io.llmservice.planner.fallback.TargetState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions that speak of the fallback and the gateway. None of them makes a service unready. */
final class TrafficFindings {

    private TrafficFindings() {}

    static Finding fallbackReady(Situation situation) {
        if (!hasFallback(situation)) {
            return Finding.unknown(
                    ConditionType.FallbackReady,
                    Reason.NoFallback,
                    "spec.fallback is not set: while no pod can answer, requests fail with 503");
        }
        var problem = situation.traffic().fallbackProblem();
        if (problem.isPresent()) {
            return Finding.bad(
                    ConditionType.FallbackReady,
                    problem.get().reason(),
                    problem.get().message());
        }
        var targets = situation.traffic().targets();
        return targets.stream()
                .filter(TargetState.Unusable.class::isInstance)
                .map(TargetState.Unusable.class::cast)
                .findFirst()
                .map(target -> Finding.bad(
                        ConditionType.FallbackReady, target.reason(), target.target() + ": " + target.words()))
                .orElseGet(() -> verified(targets));
    }

    private static Finding verified(List<TargetState> targets) {
        var open = targets.stream()
                .filter(TargetState.NotVerified.class::isInstance)
                .toList();
        return open.isEmpty()
                ? Finding.good(ConditionType.FallbackReady, Reason.FallbackVerified, words(targets))
                : Finding.unknown(ConditionType.FallbackReady, Reason.FallbackNotVerified, words(open));
    }

    private static String words(List<TargetState> targets) {
        return targets.isEmpty()
                ? "the targets have not been looked at yet"
                : targets.stream()
                        .map(target -> target.target() + ": " + target.words())
                        .collect(Collectors.joining("; "));
    }

    static Finding servingFromPrimary(Situation situation, @Nullable BreakerStatus breaker) {
        var mode = EffectiveMode.of(situation.service());
        var told = mode.problem().map(text -> "; " + text).orElse("");
        if (breaker == null) {
            return Finding.good(
                    ConditionType.ServingFromPrimary,
                    Reason.Primary,
                    "requests go to the pods and nowhere else" + told);
        }
        if (mode.mode() == FallbackMode.FORCE_FALLBACK) {
            return Finding.bad(
                    ConditionType.ServingFromPrimary,
                    Reason.FallbackForced,
                    "%s sends every request to the targets; take it back when the pods may serve again%s"
                            .formatted(mode.source(), told));
        }
        return switch (breaker.state()) {
            case CLOSED ->
                Finding.good(ConditionType.ServingFromPrimary, Reason.Primary, "requests go to the pods" + told);
            case OPEN ->
                Finding.bad(
                        ConditionType.ServingFromPrimary,
                        Reason.BreakerOpen,
                        away("the breaker is open", breaker) + told);
            case HALF_OPEN ->
                Finding.bad(
                        ConditionType.ServingFromPrimary,
                        Reason.BreakerProbing,
                        away("single requests try the pods again", breaker) + told);
        };
    }

    private static String away(String what, BreakerStatus breaker) {
        return what
                + Optional.ofNullable(breaker.reason()).map(text -> ": " + text).orElse("")
                + Optional.ofNullable(breaker.target())
                        .map(target -> "; requests go to " + target)
                        .orElse("; requests go to the fallback")
                + " (" + breaker.replicas() + ")";
    }

    /** A service that anybody in the cluster may ask is a choice; that it is one must be seen. */
    static Finding apiKeysRequired(Situation situation) {
        var problem = situation.traffic().apiKeysProblem();
        if (problem.isPresent()) {
            return Finding.bad(
                    ConditionType.ApiKeysRequired,
                    problem.get().reason(),
                    problem.get().message() + "; until then the gateway lets nobody in");
        }
        return spec(situation, spec -> spec.gateway().apiKeys() != null)
                ? Finding.good(
                        ConditionType.ApiKeysRequired, Reason.KeysRequired, "the gateway asks every client for a key")
                : Finding.bad(
                        ConditionType.ApiKeysRequired,
                        Reason.OpenInCluster,
                        "whoever reaches the gateway inside the cluster may ask without a key; set spec.gateway.apiKeys to ask for one");
    }

    static boolean hasFallback(Situation situation) {
        return spec(situation, spec -> spec.fallback() != null);
    }

    private static boolean spec(Situation situation, Predicate<LlmServiceSpec> question) {
        return Optional.ofNullable(situation.service().getSpec())
                .filter(question)
                .isPresent();
    }
}
