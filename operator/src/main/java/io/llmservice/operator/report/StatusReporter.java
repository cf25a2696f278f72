package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.OwnedObject;
import io.llmservice.api.v1alpha1.PlanProposal;
import io.llmservice.api.v1alpha1.PlanStatus;
import io.llmservice.planner.Identity;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.children.PlanRevision;
import io.llmservice.planner.children.ServingService;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.EffectiveMode;
import io.llmservice.planner.plan.AcceptedPlan;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts everything that is known into a status. Pure: the same situation gives the same status. */
public final class StatusReporter {

    private StatusReporter() {}

    public static LlmServiceStatus report(Situation situation) {
        var identity = Identity.of(situation.service());
        var inForce = situation.decision().inForce();
        var context = inForce.map(plan -> new ChildContext(identity, plan.spec(), plan.plan()));
        var nodes = Nodes.of(situation.observation());
        int gpus = inForce.map(plan -> plan.plan().replica().gpus()).orElse(0);
        var replicas = Replicas.count(situation.observation(), gpus);
        var model = modelName(situation, context);
        var fallback = Optional.ofNullable(situation.service().getSpec()).map(LlmServiceSpec::fallback);
        var breaker = fallback.map(asked -> Breakers.sum(situation.traffic(), EffectiveMode.of(situation.service())))
                .orElse(null);
        return new LlmServiceStatus(
                situation.service().getMetadata().getGeneration(),
                Stream.concat(
                                findings(situation, nodes, replicas.ready(), model),
                                Stream.of(
                                        TrafficFindings.fallbackReady(situation),
                                        TrafficFindings.servingFromPrimary(situation, breaker),
                                        TrafficFindings.apiKeysRequired(situation)))
                        .map(finding -> dated(finding, situation))
                        .toList(),
                model,
                replicas,
                context.map(ServingService::endpoint).orElse(null),
                inForce.map(plan -> plan(plan, context.orElseThrow(), situation))
                        .orElse(null),
                nodes,
                situation.applied().owned().stream()
                        .map(key -> new OwnedObject(key.apiVersion(), key.kind(), key.name()))
                        .toList(),
                breaker,
                fallback.map(asked -> Spending.today(
                                asked,
                                situation.traffic().reports().values(),
                                situation.observation().now()))
                        .orElse(null),
                situation.traffic().endpoints(),
                // Each key is written by the replica whose name it is.
                Map.of());
    }

    private static Stream<Finding> findings(
            Situation situation, List<io.llmservice.api.v1alpha1.NodeStatus> nodes, int ready, String model) {
        var planned = Findings.planned(situation);
        var applied = Findings.objectsApplied(situation);
        var kinds = Findings.kindsAvailable(situation);
        var nodesReady = Nodes.ready(situation, nodes);
        var available = available(ready);
        var summary = Readiness.of(situation, List.of(planned, applied, kinds), nodesReady, ready);
        return Stream.of(
                summary,
                available,
                planned,
                applied,
                nodesReady,
                kinds,
                Findings.autoscalerActive(situation),
                Findings.modelNameUnique(situation, model));
    }

    private static Finding available(int ready) {
        return ready > 0
                ? Finding.good(ConditionType.Available, Reason.Serving, Replicas.answering(ready))
                : Finding.bad(ConditionType.Available, Reason.NoReplica, "no replica answers");
    }

    /** A condition keeps its time until its status flips. */
    private static Condition dated(Finding finding, Situation situation) {
        var last = situation.service().getStatus();
        var now = situation.observation().now().truncatedTo(ChronoUnit.SECONDS).toString();
        var since = Optional.ofNullable(last).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(finding.type().name()))
                .filter(condition -> condition.status().equals(finding.status()))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        return new Condition(
                finding.type().name(),
                finding.status(),
                situation.service().getMetadata().getGeneration(),
                since,
                finding.reason().name(),
                finding.message());
    }

    private static String modelName(Situation situation, Optional<ChildContext> context) {
        var spec = situation.service().getSpec();
        var asked = spec == null ? null : spec.model().name();
        return context.map(ChildContext::servedModelName)
                .orElse(Objects.requireNonNullElse(
                        asked, situation.service().getMetadata().getName()));
    }

    private static PlanStatus plan(AcceptedPlan accepted, ChildContext context, Situation situation) {
        var plan = accepted.plan();
        var words = plan.words();
        return new PlanStatus(
                PlanRevision.desired(context, accepted, situation.observation().revisions())
                        .getMetadata()
                        .getName(),
                words.summary(),
                plan.instanceType(),
                plan.replica().gpus(),
                plan.engine().tensorParallelSize(),
                plan.engine().contextLength(),
                plan.engine().maxConcurrentRequests(),
                context.targetRunningRequests(),
                plan.engine().cacheTokens(),
                plan.replica().coldStartSeconds(),
                words.pricePerReplicaHour().isEmpty() ? null : words.pricePerReplicaHour(),
                words.architectureSource(),
                words.memory(),
                words.coldStart(),
                plan.ladder().stream().map(rung -> rung.instanceType()).toList(),
                words.rejected(),
                words.notes(),
                proposal(situation.decision()));
    }

    private static @Nullable PlanProposal proposal(Decision decision) {
        return switch (decision) {
            case Decision.Proceed proceed -> proceed.proposal().orElse(null);
            case Decision.Hold hold -> null;
        };
    }
}
