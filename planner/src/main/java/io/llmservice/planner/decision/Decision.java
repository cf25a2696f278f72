package io.llmservice.planner.decision;

import io.llmservice.api.v1alpha1.PlanProposal;
import io.llmservice.planner.plan.AcceptedPlan;
import java.util.Optional;

/** What to do about a service: proceed with a plan, or hold. */
public sealed interface Decision {

    /** The plan in force; absent before the first one. */
    Optional<AcceptedPlan> inForce();

    /** The objects that should be there. */
    DesiredChildren children();

    /**
     * The spec has a plan.
     *
     * @param accepted the plan, kept or new
     * @param children what should be there and what should go
     * @param proposal a plan that would be better now and waits to be taken
     */
    record Proceed(AcceptedPlan accepted, DesiredChildren children, Optional<PlanProposal> proposal)
            implements Decision {

        @Override
        public Optional<AcceptedPlan> inForce() {
            return Optional.of(accepted);
        }
    }

    /**
     * The spec has no plan. What was accepted last is restored where someone changed it; nothing is pruned.
     *
     * @param problem why, and the way out
     * @param inForce the plan accepted last
     * @param children what the accepted plan asks for
     */
    record Hold(Problem problem, Optional<AcceptedPlan> inForce, DesiredChildren children) implements Decision {}
}
