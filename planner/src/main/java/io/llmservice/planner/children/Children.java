package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmservice.planner.Identity;
import io.llmservice.planner.plan.AcceptedPlan;
import java.util.ArrayList;
import java.util.List;

/** Every object that a service consists of, in the order in which they are applied. */
public final class Children {

    private Children() {}

    /** Nodes first, so that they are under way when the pods come; kinds that the cluster lacks are included. */
    public static List<HasMetadata> desired(Identity identity, AcceptedPlan accepted) {
        var context = new ChildContext(identity, accepted.spec(), accepted.plan());
        var children = new ArrayList<HasMetadata>();
        ServingNodeClass.desired(context).ifPresent(children::add);
        children.addAll(ServingNodePools.desired(context));
        ServingAccount.desired(context).ifPresent(children::add);
        children.add(ServingDeployment.desired(context, accepted.podTemplate()));
        children.add(ServingService.desired(context));
        children.add(ServingDisruptionBudget.desired(context));
        children.add(ServingAutoscaler.desired(context));
        ServingNetworkPolicy.desired(context).ifPresent(children::add);
        ServingPodMonitor.desired(context).ifPresent(children::add);
        return List.copyOf(children);
    }
}
