package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.ReplicaStatus;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Teardown;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of a service that is going: what is waited for, so that nobody has to guess at a finalizer. */
public final class DeletionReport {

    private DeletionReport() {}

    public static LlmServiceStatus report(LlmService service, Teardown teardown, Observation observation) {
        var last = Optional.ofNullable(service.getStatus());
        return new LlmServiceStatus(
                service.getMetadata().getGeneration(),
                List.of(ready(service, teardown, observation)),
                last.map(LlmServiceStatus::model).orElse(null),
                new ReplicaStatus(0, 0, 0),
                null,
                last.map(LlmServiceStatus::plan).orElse(null),
                Nodes.of(observation),
                List.of(),
                null,
                null,
                // What is known of AWS until it is gone there.
                last.map(LlmServiceStatus::sageMaker).orElse(List.of()),
                Map.of());
    }

    private static Condition ready(LlmService service, Teardown teardown, Observation observation) {
        var since = Optional.ofNullable(service.getStatus()).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(ConditionType.Ready.name()))
                .filter(condition -> condition.status().equals("False"))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(observation.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Condition(
                ConditionType.Ready.name(),
                "False",
                service.getMetadata().getGeneration(),
                since,
                Reason.Deleting.name(),
                "deleting; waiting for " + teardown.waitingFor());
    }
}
