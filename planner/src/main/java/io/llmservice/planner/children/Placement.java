package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.llmservice.api.v1alpha1.Taint;
import io.llmservice.api.v1alpha1.Toleration;
import io.llmservice.api.v1alpha1.UnmanagedNodes;
import io.llmservice.planner.ChildNames;
import io.llmservice.planner.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the pods may go: node labels and tolerations. */
final class Placement {

    private static final String KARPENTER_POOL = "karpenter.sh/nodepool";

    private Placement() {}

    static Map<String, String> nodeSelector(ChildContext context) {
        var nodePool = context.spec().compute().nodePool();
        if (nodePool.existing() != null) {
            return Map.of(KARPENTER_POOL, nodePool.existing().name());
        }
        if (nodePool.none() != null) {
            return new TreeMap<>(nodePool.none().nodeSelector());
        }
        return Map.of(Labels.POOL, ChildNames.pool(context.identity()));
    }

    static List<io.fabric8.kubernetes.api.model.Toleration> tolerations(ChildContext context) {
        var nodePool = context.spec().compute().nodePool();
        var tolerations = new ArrayList<io.fabric8.kubernetes.api.model.Toleration>();
        if (nodePool.managed() != null) {
            ServingNodePools.taints(context, nodePool.managed()).forEach(taint -> tolerations.add(tolerate(taint)));
        } else {
            tolerations.add(new TolerationBuilder()
                    .withKey(ServingNodePools.GPU)
                    .withOperator("Exists")
                    .withEffect("NoSchedule")
                    .build());
        }
        asked(nodePool.none()).forEach(toleration -> tolerations.add(convert(toleration)));
        return tolerations;
    }

    private static List<Toleration> asked(@org.jspecify.annotations.Nullable UnmanagedNodes none) {
        return none == null ? List.of() : none.tolerations();
    }

    /** By key and effect: the same pods may then run where another tool taints with another value. */
    private static io.fabric8.kubernetes.api.model.Toleration tolerate(Taint taint) {
        boolean exact = taint.key().equals(Labels.POOL);
        return new TolerationBuilder()
                .withKey(taint.key())
                .withOperator(exact ? "Equal" : "Exists")
                .withValue(exact ? taint.value() : null)
                .withEffect(taint.effect().word())
                .build();
    }

    private static io.fabric8.kubernetes.api.model.Toleration convert(Toleration asked) {
        var effect = asked.effect();
        return new TolerationBuilder()
                .withKey(asked.key())
                .withOperator(asked.operator())
                .withValue(asked.value())
                .withEffect(effect == null ? null : effect.word())
                .build();
    }
}
