package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.RequestHeaders;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be wrong with a fallback. None of it holds the plan. */
final class FallbackChecks {

    private FallbackChecks() {}

    /** Status, metrics and the names of managed endpoints tell targets apart by name. */
    static Optional<Problem> names(Input input) {
        var seen = new HashSet<String>();
        return targets(input)
                .map(FallbackTarget::name)
                .filter(name -> !seen.add(name))
                .findFirst()
                .flatMap(name -> invalid(
                        "spec.fallback.targets: two are named %s; give each a name of its own".formatted(name)));
    }

    static Optional<Problem> unions(Input input) {
        return targets(input).flatMap(target -> union(target).stream()).findFirst();
    }

    private static Optional<Problem> union(FallbackTarget target) {
        if (SchemaChecks.set(target.sageMaker(), target.bedrock(), target.openAi(), target.llmService()) != 1) {
            return invalid(field(target) + " needs exactly one of sageMaker, bedrock, openAi, llmService");
        }
        var sageMaker = target.sageMaker();
        if (sageMaker == null) {
            return Optional.empty();
        }
        if (SchemaChecks.set(sageMaker.endpoint(), sageMaker.managed()) != 1) {
            return invalid(field(target) + ".sageMaker needs exactly one of endpoint, managed");
        }
        return sageMaker.managed() != null && sageMaker.inferenceComponentName() != null
                ? invalid(
                        field(target)
                                + ".sageMaker.inferenceComponentName is for an existing endpoint; use managed.inferenceComponent, or leave it out")
                : Optional.empty();
    }

    /** The schema's pattern lets 0s pass, which would open at once, never wait or never look. */
    static Optional<Problem> durations(Input input) {
        return Optional.ofNullable(input.spec().fallback()).stream()
                .flatMap(fallback -> durations(fallback).entrySet().stream())
                .filter(entry -> ApiDuration.parse(entry.getValue()).isZero())
                .findFirst()
                .flatMap(entry -> invalid("spec.fallback.%s: %s is no time at all; write it like 30s, or leave it out"
                        .formatted(entry.getKey(), entry.getValue())));
    }

    private static Map<String, String> durations(FallbackSpec fallback) {
        var durations = new LinkedHashMap<String, String>();
        durations.put("breaker.openFor", fallback.breaker().openFor());
        durations.put("ejection.noTokenAfter", fallback.ejection().noTokenAfter());
        var when = fallback.triggers();
        if (when.errorRate() != null) {
            durations.put("when.errorRate.window", when.errorRate().window());
        }
        if (when.timeToFirstToken() != null) {
            durations.put("when.timeToFirstToken.above", when.timeToFirstToken().above());
            durations.put(
                    "when.timeToFirstToken.window", when.timeToFirstToken().window());
        }
        if (when.saturation() != null) {
            durations.put("when.saturation.sustainedFor", when.saturation().sustainedFor());
        }
        for (var target : fallback.targets()) {
            durations.put("targets[" + target.name() + "].timeout", target.timeout());
            if (target.sageMaker() != null && target.sageMaker().managed() != null) {
                durations.put(
                        "targets[" + target.name() + "].sageMaker.managed.startupTimeout",
                        target.sageMaker().managed().startupTimeout());
            }
        }
        return durations;
    }

    static Optional<Problem> headers(Input input) {
        return targets(input)
                .filter(target -> target.openAi() != null)
                .flatMap(target -> target.openAi().headers().entrySet().stream()
                        .flatMap(header -> RequestHeaders.refusal(header.getKey(), header.getValue()).stream())
                        .map(refusal -> new Problem(Reason.InvalidSpec, field(target) + ".openAi.headers: " + refusal)))
                .findFirst();
    }

    static Optional<Problem> allowance(Input input) {
        return targets(input)
                .flatMap(target -> input
                        .policy()
                        .fallback()
                        .refusal(input.identity().namespace(), target)
                        .stream()
                        .map(refusal -> new Problem(Reason.NotAllowed, field(target) + ": " + refusal)))
                .findFirst();
    }

    static Optional<Problem> siblings(Input input) {
        var graph = new LinkedHashMap<String, List<String>>();
        input.observation().siblings().stream()
                .filter(sibling ->
                        sibling.identity().namespace().equals(input.identity().namespace()))
                .forEach(sibling -> graph.put(sibling.identity().name(), sibling.fallsBackTo()));
        var self = input.identity().name();
        return targets(input)
                .flatMap(target -> Optional.ofNullable(target.llmService()).stream()
                        .flatMap(to -> sibling(field(target), to.name(), self, graph).stream()))
                .findFirst();
    }

    private static Optional<Problem> sibling(String field, String name, String self, Map<String, List<String>> graph) {
        if (!name.equals(self) && !graph.containsKey(name)) {
            return Optional.of(new Problem(
                    Reason.ReferenceMissing,
                    "%s.llmService.name: LlmService %s is not in this namespace; create it or correct the name"
                            .formatted(field, name)));
        }
        return path(name, self, graph, new HashSet<>())
                .map(path -> new Problem(
                        Reason.FallbackCycle,
                        "%s: requests would go round in a circle, %s → %s; take one of these fallbacks away"
                                .formatted(field, self, path)));
    }

    /** The way from a service back to this one, if there is one. */
    private static Optional<String> path(String from, String to, Map<String, List<String>> graph, Set<String> seen) {
        if (from.equals(to)) {
            return Optional.of(to);
        }
        if (!seen.add(from)) {
            return Optional.empty();
        }
        return graph.getOrDefault(from, List.of()).stream()
                .flatMap(next -> path(next, to, graph, seen).stream())
                .findFirst()
                .map(rest -> from + " → " + rest);
    }

    private static Stream<FallbackTarget> targets(Input input) {
        return Optional.ofNullable(input.spec().fallback()).stream().flatMap(fallback -> fallback.targets().stream());
    }

    private static String field(FallbackTarget target) {
        return "spec.fallback.targets[" + target.name() + "]";
    }

    private static Optional<Problem> invalid(String message) {
        return Optional.of(new Problem(Reason.InvalidSpec, message));
    }
}
