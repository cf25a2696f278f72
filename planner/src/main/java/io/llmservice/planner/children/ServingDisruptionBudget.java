package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpecBuilder;
import io.llmservice.planner.Labels;

/** The PodDisruptionBudget: one pod at a time, and a pod that is not ready never holds up a drain. */
public final class ServingDisruptionBudget {

    private ServingDisruptionBudget() {}

    public static PodDisruptionBudget desired(ChildContext context) {
        return new PodDisruptionBudgetBuilder()
                .withMetadata(context.namespaced(context.identity().name(), "serving"))
                .withSpec(new PodDisruptionBudgetSpecBuilder()
                        .withMaxUnavailable(new IntOrString(1))
                        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                        .withSelector(new LabelSelectorBuilder()
                                .withMatchLabels(Labels.selector(context.identity()))
                                .build())
                        .build())
                .build();
    }
}
