package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.fallback.TargetState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of how requests travel to a service.
 *
 * @param reports what each replica of the gateway says, dead ones too
 * @param live names of the replicas that are there
 * @param fallbackProblem what is wrong with {@code spec.fallback}
 * @param apiKeysProblem what is wrong with {@code spec.gateway.apiKeys}
 * @param targets how the targets were found, in their order
 * @param endpoints SageMaker endpoints that the operator made
 */
public record Traffic(
        Map<String, GatewayReport> reports,
        Set<String> live,
        Optional<Problem> fallbackProblem,
        Optional<Problem> apiKeysProblem,
        List<TargetState> targets,
        List<SageMakerEndpointStatus> endpoints) {

    /** Nobody has asked anything yet. */
    public static final Traffic NONE =
            new Traffic(Map.of(), Set.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

    public Traffic {
        reports = Map.copyOf(reports);
        live = Set.copyOf(live);
        targets = List.copyOf(targets);
        endpoints = List.copyOf(endpoints);
    }
}
