package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.children.ServingNodePools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What becomes of objects that the plan no longer asks for. A NodePool owns its nodes, so one on which pods still run
 * only stops taking new nodes; a node class goes when no pool refers to it.
 */
final class Pruning {

    private Pruning() {}

    static DesiredChildren complete(List<HasMetadata> desired, Observation observation, ChildContext context) {
        var wanted = desired.stream().map(ChildKey::of).collect(Collectors.toSet());
        var apply = new ArrayList<>(desired);
        var prune = new ArrayList<HasMetadata>();
        for (var child : observation.children()) {
            if (wanted.contains(ChildKey.of(child)) || child.getMetadata().getDeletionTimestamp() != null) {
                continue;
            }
            switch (fate(child, observation)) {
                case RETIRE -> apply.add(ServingNodePools.retired((GenericKubernetesResource) child, context));
                case PRUNE -> prune.add(child);
                case KEEP -> {}
            }
        }
        return new DesiredChildren(apply, prune);
    }

    private static Fate fate(HasMetadata child, Observation observation) {
        if (child.getKind().equals(CustomKinds.NODE_POOL.kind())) {
            return observation.fleet().usesPool(child.getMetadata().getName()) ? Fate.RETIRE : Fate.PRUNE;
        }
        if (child.getKind().equals(CustomKinds.EC2_NODE_CLASS.kind())) {
            return isReferred(child.getMetadata().getName(), observation) ? Fate.KEEP : Fate.PRUNE;
        }
        return Fate.PRUNE;
    }

    private static boolean isReferred(String nodeClass, Observation observation) {
        return observation.children(CustomKinds.NODE_POOL).stream()
                .map(pool -> pool.<Map<String, Object>>get("spec", "template", "spec", "nodeClassRef"))
                .anyMatch(reference -> reference != null
                        && CustomKinds.EC2_NODE_CLASS.kind().equals(reference.get("kind"))
                        && nodeClass.equals(reference.get("name")));
    }

    private enum Fate {
        KEEP,
        RETIRE,
        PRUNE
    }
}
