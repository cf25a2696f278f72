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
import io.llmservice.operator.observe.Informers;
import io.llmservice.operator.report.DeletionReport;
import io.llmservice.operator.report.ServiceEvents;
import io.llmservice.operator.report.Situation;
import io.llmservice.operator.report.StatusReporter;
import io.llmservice.planner.Identity;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.Teardown;
import java.time.Duration;
import java.util.List;

/** One run for one service: observe, plan, apply, report. */
public final class LlmServiceReconciler implements Reconciler<LlmService>, Cleaner<LlmService> {

    /** What no watch tells: a Secret that comes, a minute that passes on a node without GPUs. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final Informers informers;
    private final ClusterObserver observer;
    private final ServicePlanner planner;
    private final ChildApplier applier;
    private final ServiceEvents events;

    public LlmServiceReconciler(
            Informers informers,
            ClusterObserver observer,
            ServicePlanner planner,
            ChildApplier applier,
            ServiceEvents events) {
        this.informers = informers;
        this.observer = observer;
        this.planner = planner;
        this.applier = applier;
        this.events = events;
    }

    @Override
    public List<EventSource<?, LlmService>> prepareEventSources(EventSourceContext<LlmService> context) {
        return informers.initial(context);
    }

    @Override
    public UpdateControl<LlmService> reconcile(LlmService service, Context<LlmService> context) {
        var observation = observer.observe(service, context.getPrimaryCache().list());
        var decision = planner.decide(service, observation);
        var applied = apply(service, decision, observation, context);
        var status = StatusReporter.report(new Situation(service, decision, observation, applied));
        var control = update(service, status, observation);
        return isWaiting(decision, status) ? control.rescheduleAfter(LOOK_AGAIN) : control;
    }

    @Override
    public DeleteControl cleanup(LlmService service, Context<LlmService> context) {
        var observation = observer.observe(service, context.getPrimaryCache().list());
        var teardown = Teardown.next(observation);
        if (teardown.done()) {
            return DeleteControl.defaultDelete();
        }
        teardown.delete().forEach(applier::delete);
        var status = DeletionReport.report(service, teardown, observation);
        if (!status.equals(service.getStatus())) {
            events.tell(service, service.getStatus(), status, observation.now());
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
        if (status.equals(service.getStatus())) {
            return UpdateControl.noUpdate();
        }
        events.tell(service, service.getStatus(), status, observation.now());
        return UpdateControl.patchStatus(withStatus(service, status));
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
