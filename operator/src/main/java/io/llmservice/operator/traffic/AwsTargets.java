package io.llmservice.operator.traffic;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.TargetState;
import io.llmservice.planner.plan.AcceptedPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks after the targets that are in AWS. Nothing here waits for AWS: answers are those of the last look. */
public interface AwsTargets extends AutoCloseable {

    /**
     * How the AWS targets of a service were found last; asks for a new look, which wakes the service when it brings news.
     *
     * @param plan what the service serves; absent before its first plan
     * @param mayChange whether endpoints may be made and changed: not while the fallback has a problem
     */
    Look look(LlmService service, Optional<AcceptedPlan> plan, boolean mayChange);

    /** Takes away what was made for a service that is going: what is waited for, in words, or empty when it is gone. */
    Optional<String> release(LlmService service);

    /** Looks no more. */
    @Override
    default void close() {}

    /**
     * What is known of the AWS targets of a service.
     *
     * @param states by the target's name
     * @param endpoints endpoints made for it
     */
    record Look(Map<String, TargetState> states, List<SageMakerEndpointStatus> endpoints) {

        public Look {
            states = Map.copyOf(states);
            endpoints = List.copyOf(endpoints);
        }
    }

    /** For an operator that makes no calls to AWS. */
    static AwsTargets off() {
        return new AwsTargets() {
            @Override
            public Look look(LlmService service, Optional<AcceptedPlan> plan, boolean mayChange) {
                var states = new TreeMap<String, TargetState>();
                targets(service).forEach(target -> states.put(target.name(), unseen(target)));
                return new Look(
                        states,
                        Optional.ofNullable(service.getStatus())
                                .map(LlmServiceStatus::sageMaker)
                                .orElse(List.of()));
            }

            // Endpoints that an earlier setting made cannot be taken away without calls.
            @Override
            public Optional<String> release(LlmService service) {
                return Optional.ofNullable(service.getStatus())
                        .filter(status -> !status.sageMaker().isEmpty())
                        .map(status -> "SageMaker endpoint "
                                + status.sageMaker().getFirst().endpoint()
                                + " to be deleted, which needs the chart value aws.enabled; or delete it by hand and"
                                + " then remove the finalizer");
            }
        };
    }

    /** Targets of a service that are in AWS. */
    static Stream<FallbackTarget> targets(LlmService service) {
        return Optional.ofNullable(service.getSpec()).map(LlmServiceSpec::fallback).stream()
                .flatMap(fallback -> fallback.targets().stream())
                .filter(target -> target.sageMaker() != null || target.bedrock() != null);
    }

    private static TargetState unseen(FallbackTarget target) {
        boolean managed = target.sageMaker() != null && target.sageMaker().managed() != null;
        return managed
                ? new TargetState.Unusable(
                        target.name(),
                        Reason.AwsDisabled,
                        "the operator makes no calls to AWS; have the administrator set the chart values aws.enabled and clusterId")
                : new TargetState.NotVerified(
                        target.name(),
                        "not looked at, because the operator makes no calls to AWS (chart value aws.enabled)");
    }
}
