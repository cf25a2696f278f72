package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.operator.apply.Applied;
import io.llmservice.operator.apply.ChildApplier;
import io.llmservice.operator.apply.FieldManager;
import io.llmservice.operator.observe.ClusterObserver;
import io.llmservice.operator.report.Announcements;
import io.llmservice.operator.report.DeletionReport;
import io.llmservice.operator.report.Situation;
import io.llmservice.operator.report.StatusReporter;
import io.llmservice.operator.traffic.DeadGateways;
import io.llmservice.operator.traffic.TrafficObserver;
import io.llmservice.planner.Identity;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.Teardown;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run for one service: observe, plan, apply, report. */
public final class LlmServiceReconciler implements Reconciler<LlmService>, Cleaner<LlmService> {

    /** What no watch tells: a Secret that comes, a minute that passes on a node without GPUs. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final ClusterObserver observer;
    private final ServicePlanner planner;
    private final ChildApplier applier;
    private final TrafficObserver traffic;
    private final DeadGateways deadGateways;
    private final Announcements announcements;

    public LlmServiceReconciler(
            ClusterObserver observer,
            ServicePlanner planner,
            ChildApplier applier,
            TrafficObserver traffic,
            DeadGateways deadGateways,
            Announcements announcements) {
        this.observer = observer;
        this.planner = planner;
        this.applier = applier;
        this.traffic = traffic;
        this.deadGateways = deadGateways;
        this.announcements = announcements;
    }

    @Override
    public List<EventSource<?, LlmService>> prepareEventSources(EventSourceContext<LlmService> context) {
        return observer.eventSources(context);
    }

    @Override
    public UpdateControl<LlmService> reconcile(LlmService service, Context<LlmService> context) {
        var observation = observer.observe(service, context.getPrimaryCache().list());
        var decision = planner.decide(service, observation);
        var applied = apply(service, decision, observation, context);
        var seen = traffic.observe(service, decision, observation);
        var status = StatusReporter.report(new Situation(service, decision, observation, applied, seen));
        deadGateways.remove(service, seen, observation.now());
        var control = update(service, status, observation);
        return isWaiting(decision, status) ? control.rescheduleAfter(LOOK_AGAIN) : control;
    }

    @Override
    public DeleteControl cleanup(LlmService service, Context<LlmService> context) {
        var observation = observer.observe(service, context.getPrimaryCache().list());
        var teardown = Teardown.next(observation).andThen(traffic.release(service));
        if (teardown.done()) {
            announcements.forget(service);
            return DeleteControl.defaultDelete();
        }
        teardown.delete().forEach(applier::delete);
        var status = DeletionReport.report(service, teardown, observation);
        if (!status.equals(written(service))) {
            announcements.tell(service, status, observation.now());
            context.getClient()
                    .resource(withStatus(service, status))
                    .subresource("status")
                    .patch(asOperator());
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
    }

    private Applied apply(LlmService service, Decision decision, Observation observation, Context<LlmService> context) {
        return decision.inForce()
                .map(plan -> new ChildContext(Identity.of(service), plan.spec(), plan.plan()))
                .map(child -> applier.apply(child, decision, observation, context))
                .orElseGet(Applied::nothing);
    }

    private UpdateControl<LlmService> update(LlmService service, LlmServiceStatus status, Observation observation) {
        announcements.show(service, status);
        if (status.equals(written(service))) {
            return UpdateControl.noUpdate();
        }
        announcements.tell(service, status, observation.now());
        return UpdateControl.patchStatus(withStatus(service, status));
    }

    /** What the operator wrote last; the entries of the gateway's replicas are not its own. */
    private static @Nullable LlmServiceStatus written(LlmService service) {
        return service.getStatus() == null ? null : service.getStatus().withoutGateways();
    }

    /** Only what the operator owns: applied server-side, every other field stays whose it is. */
    private static LlmService withStatus(LlmService service, LlmServiceStatus status) {
        var partial = new LlmService();
        partial.setMetadata(new ObjectMetaBuilder()
                .withNamespace(service.getMetadata().getNamespace())
                .withName(service.getMetadata().getName())
                .withUid(service.getMetadata().getUid())
                .build());
        partial.setStatus(status);
        return partial;
    }

    private static boolean isWaiting(Decision decision, LlmServiceStatus status) {
        return decision instanceof Decision.Hold
                || status.conditions().stream()
                        .anyMatch(condition -> condition.type().equals("Ready")
                                && !condition.status().equals("True"));
    }

    private static PatchContext asOperator() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FieldManager.OPERATOR)
                .withForce(true)
                .build();
    }
}
