package io.llmservice.planner.decision;

import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.planner.plan.ServicePlan;

/** Makes a plan for a spec: the sizing behind a small door, so that decisions can be tested without it. */
@FunctionalInterface
public interface PlanSource {

    Result plan(LlmServiceSpec spec);

    /** A plan, or why there is none. */
    sealed interface Result {

        record Planned(ServicePlan plan) implements Result {}

        record Refused(Problem problem) implements Result {}
    }
}
