package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.plan.AcceptedPlanCodec;
import java.util.List;
import java.util.Objects;

/** The ControllerRevision that keeps the accepted plan. Its data cannot change, so another plan is another object. */
public final class PlanRevision {

    private PlanRevision() {}

    /**
     * The revision for a plan: the one that holds it already, else one with the next number.
     *
     * @param observed the revisions that are there
     */
    public static ControllerRevision desired(
            ChildContext context, AcceptedPlan accepted, List<ControllerRevision> observed) {
        long newest = observed.stream()
                .mapToLong(revision -> Objects.requireNonNullElse(revision.getRevision(), 0L))
                .max()
                .orElse(0);
        var next = AcceptedPlanCodec.encode(context.identity(), accepted, newest + 1);
        long number = observed.stream()
                .filter(revision -> name(revision).equals(name(next)))
                .map(ControllerRevision::getRevision)
                .filter(revision -> revision == newest)
                .findFirst()
                .orElse(newest + 1);
        return new ControllerRevisionBuilder(next)
                .withMetadata(context.namespaced(name(next), "plan"))
                .withRevision(number)
                .build();
    }

    private static String name(ControllerRevision revision) {
        return revision.getMetadata().getName();
    }
}
