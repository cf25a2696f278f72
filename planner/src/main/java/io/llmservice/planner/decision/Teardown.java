package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.llmservice.planner.children.CustomKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The order in which a deleted service's objects go. Deleting a NodePool drains its nodes and the drain waits for pods
 * that must not be disrupted, so pods go first, then pools, then the classes that pools refer to. The rest has owner
 * references and is collected by Kubernetes.
 *
 * @param delete objects to delete now; those that are being deleted already are left out
 * @param waitingFor what has to be gone before the next step, in words; empty when everything is gone
 */
public record Teardown(List<HasMetadata> delete, String waitingFor) {

    public Teardown {
        delete = List.copyOf(delete);
    }

    public boolean done() {
        return waitingFor.isEmpty();
    }

    /** This, and then what has to be gone outside the cluster. */
    public Teardown andThen(Optional<String> outside) {
        return done() ? new Teardown(List.of(), outside.orElse("")) : this;
    }

    public static Teardown next(Observation observation) {
        var workload = new ArrayList<HasMetadata>();
        observation.child(HorizontalPodAutoscaler.class).ifPresent(workload::add);
        observation.child(Deployment.class).ifPresent(workload::add);
        int pods = observation.fleet().pods().size();
        if (!workload.isEmpty() || pods > 0) {
            return new Teardown(
                    living(workload),
                    pods == 0
                            ? "the Deployment to be gone"
                            : pods + (pods == 1 ? " pod" : " pods") + " to finish requests and end");
        }
        return stage(observation, CustomKinds.NODE_POOL, "NodePools and their nodes to be removed by Karpenter")
                .or(() -> stage(observation, CustomKinds.EC2_NODE_CLASS, "EC2NodeClasses to be removed by Karpenter"))
                .orElseGet(() -> new Teardown(List.of(), ""));
    }

    private static Optional<Teardown> stage(Observation observation, CustomKinds kind, String what) {
        var objects = observation.children(kind);
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(new Teardown(living(objects), objects.size() + " " + what));
    }

    private static List<HasMetadata> living(List<? extends HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                .map(HasMetadata.class::cast)
                .toList();
    }
}
