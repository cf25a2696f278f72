package io.llmservice.planner.plan;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import java.util.Objects;

/**
 * The plan in force with the spec it was made for and the pod template it was rendered to. All three are kept, so that
 * a Hold can restore what serves, and neither new prices nor a new operator roll a pod.
 *
 * @param spec the spec accepted last
 * @param plan its plan
 * @param podTemplate what the Deployment's pods look like
 * @param replanToken value of the annotation {@code llmservice.io/replan} when the plan was accepted, empty if none
 */
public record AcceptedPlan(LlmServiceSpec spec, ServicePlan plan, PodTemplateSpec podTemplate, String replanToken) {

    public AcceptedPlan {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(podTemplate, "podTemplate");
        replanToken = replanToken == null ? "" : replanToken;
    }

    /** Whether a spec asks for the same thing to be planned: model, workload, engine and compute. */
    public boolean plansFor(LlmServiceSpec wanted) {
        return spec.model().equals(wanted.model())
                && spec.workload().equals(wanted.workload())
                && spec.engine().equals(wanted.engine())
                && spec.compute().equals(wanted.compute());
    }

    /** Whether a spec asks for the same pods, given the same plan. */
    public boolean servesAs(LlmServiceSpec wanted) {
        return spec.serving().equals(wanted.serving());
    }
}
