package io.llmservice.operator.traffic;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.operator.observe.GatewayPods;
import io.llmservice.operator.report.Traffic;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.fallback.TargetState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a report on a service's traffic needs: the gateway's entries, which of them live, and the targets. */
public final class TrafficObserver {

    private final GatewayPods pods;
    private final ServicePlanner planner;
    private final AwsTargets aws;

    public TrafficObserver(GatewayPods pods, ServicePlanner planner, AwsTargets aws) {
        this.pods = pods;
        this.planner = planner;
        this.aws = aws;
    }

    public Traffic observe(LlmService service, Decision decision, Observation observation) {
        var reports = Optional.ofNullable(service.getStatus())
                .map(LlmServiceStatus::gateways)
                .orElse(Map.of());
        var problem = planner.fallbackProblem(service, observation);
        var look = aws.look(service, decision.inForce(), problem.isEmpty());
        return new Traffic(
                reports,
                reports.keySet().stream().filter(pods::isLive).collect(Collectors.toUnmodifiableSet()),
                problem,
                planner.apiKeysProblem(service, observation),
                problem.isPresent() ? List.of() : states(service, look),
                look.endpoints());
    }

    /** What is waited for before a service that is deleted may go; empty when nothing is left in AWS. */
    public Optional<String> release(LlmService service) {
        return aws.release(service);
    }

    private static List<TargetState> states(LlmService service, AwsTargets.Look look) {
        return Optional.ofNullable(service.getSpec()).map(LlmServiceSpec::fallback).stream()
                .flatMap(fallback -> fallback.targets().stream())
                .map(target -> state(target, look))
                .toList();
    }

    private static TargetState state(FallbackTarget target, AwsTargets.Look look) {
        var known = look.states().get(target.name());
        if (known != null) {
            return known;
        }
        if (target.openAi() != null) {
            return new TargetState.Verified(target.name(), "allowed; no request is spent on trying it");
        }
        return target.llmService() != null
                ? new TargetState.Verified(
                        target.name(), "LlmService " + target.llmService().name() + " is there")
                : new TargetState.NotVerified(target.name(), "not looked at yet");
    }
}
