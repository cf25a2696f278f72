package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmservice.api.v1alpha1.CapacityType;
import io.llmservice.api.v1alpha1.ManagedNodePool;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.Taint;
import io.llmservice.api.v1alpha1.TaintEffect;
import io.llmservice.planner.ChildNames;
import io.llmservice.planner.Labels;
import io.llmservice.planner.plan.ServicePlan.Rung;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The NodePools: one for each rung of the ladder, in descending weight. Each names exactly one instance type, because
 * Karpenter packs what is pending into one larger node even where that is dearer.
 */
public final class ServingNodePools {

    public static final String GPU = "nvidia.com/gpu";

    /** Karpenter's highest weight; a pool of higher weight is tried first. */
    private static final int HIGHEST_WEIGHT = 100;

    /** Between rungs, so that the 32 instance types that a spec may name all have weights of their own. */
    private static final int WEIGHT_STEP = 3;

    private ServingNodePools() {}

    /** Empty where something else makes the nodes. */
    public static List<GenericKubernetesResource> desired(ChildContext context) {
        var managed = context.spec().compute().nodePool().managed();
        var nodeClass = ServingNodeClass.reference(context);
        if (managed == null || nodeClass.isEmpty()) {
            return List.of();
        }
        var pools = new ArrayList<GenericKubernetesResource>();
        for (var rung : context.plan().ladder()) {
            int weight = Math.max(1, HIGHEST_WEIGHT - WEIGHT_STEP * pools.size());
            pools.add(pool(context, managed, nodeClass.get(), rung, weight));
        }
        return List.copyOf(pools);
    }

    /** The same pool taking no new nodes: what a pool becomes that a changed plan drops while pods still run on it. */
    public static GenericKubernetesResource retired(GenericKubernetesResource observed, ChildContext context) {
        var metadata = context.clusterScoped(observed.getMetadata().getName(), "nodes");
        var spec = new LinkedHashMap<String, Object>(observed.<Map<String, Object>>get("spec"));
        spec.put("limits", Map.of(GPU, "0"));
        return CustomKinds.NODE_POOL.resource(metadata, spec);
    }

    /** The taints of the nodes, which the pods tolerate. */
    static List<Taint> taints(ChildContext context, ManagedNodePool managed) {
        if (managed.taints() != null) {
            return managed.taints();
        }
        return List.of(
                new Taint(GPU, "true", TaintEffect.NO_SCHEDULE),
                new Taint(Labels.POOL, ChildNames.pool(context.identity()), TaintEffect.NO_SCHEDULE));
    }

    private static GenericKubernetesResource pool(
            ChildContext context, ManagedNodePool managed, NodeClassReference nodeClass, Rung rung, int weight) {
        var name = ChildNames.nodePool(context.identity(), rung.instanceType(), nodeClass.group(), nodeClass.kind());
        var spec = new LinkedHashMap<String, Object>();
        spec.put("weight", weight);
        spec.put("limits", Map.of(GPU, Integer.toString(gpuLimit(context, managed, rung))));
        spec.put(
                "disruption",
                Map.of("consolidationPolicy", "WhenEmpty", "consolidateAfter", managed.consolidateAfter()));
        spec.put(
                "template",
                Map.of(
                        "metadata",
                        Map.of("labels", nodeLabels(context)),
                        "spec",
                        template(context, managed, nodeClass, rung)));
        return CustomKinds.NODE_POOL.resource(context.clusterScoped(name, "nodes"), spec);
    }

    /** On claims and nodes: what the pods select, and which service to tell of a change. */
    private static Map<String, String> nodeLabels(ChildContext context) {
        var identity = context.identity();
        return Map.of(
                Labels.POOL, ChildNames.pool(identity),
                Labels.SERVICE, identity.name(),
                Labels.SERVICE_NAMESPACE, identity.namespace());
    }

    private static Map<String, Object> template(
            ChildContext context, ManagedNodePool managed, NodeClassReference nodeClass, Rung rung) {
        var template = new LinkedHashMap<String, Object>();
        template.put(
                "nodeClassRef", Map.of("group", nodeClass.group(), "kind", nodeClass.kind(), "name", nodeClass.name()));
        template.put("requirements", requirements(context, rung));
        template.put("expireAfter", managed.expireAfter());
        put(template, "terminationGracePeriod", managed.terminationGracePeriod());
        var taints = taints(context, managed);
        if (!taints.isEmpty()) {
            template.put("taints", taints.stream().map(ServingNodePools::taint).toList());
        }
        if (!managed.startupTaints().isEmpty()) {
            template.put(
                    "startupTaints",
                    managed.startupTaints().stream()
                            .map(ServingNodePools::taint)
                            .toList());
        }
        return template;
    }

    private static List<Map<String, Object>> requirements(ChildContext context, Rung rung) {
        var capacity = context.spec().compute().capacityTypes().stream()
                .map(ServingNodePools::word)
                .sorted()
                .toList();
        return List.of(
                in("node.kubernetes.io/instance-type", List.of(rung.instanceType())),
                in("karpenter.sh/capacity-type", capacity),
                in("kubernetes.io/arch", List.of("amd64")),
                in("kubernetes.io/os", List.of("linux")));
    }

    private static Map<String, Object> in(String key, List<String> values) {
        return Map.of("key", key, "operator", "In", "values", values);
    }

    private static Map<String, Object> taint(Taint taint) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("key", taint.key());
        put(fields, "value", taint.value());
        fields.put("effect", taint.effect().word());
        return fields;
    }

    private static String word(CapacityType type) {
        return switch (type) {
            case RESERVED -> "reserved";
            case SPOT -> "spot";
            case ON_DEMAND -> "on-demand";
        };
    }

    /** Room for every replica and one more while a rollout goes on, in whole instances. */
    private static int gpuLimit(ChildContext context, ManagedNodePool managed, Rung rung) {
        if (managed.limits() != null && managed.limits().gpus() != null) {
            return managed.limits().gpus();
        }
        int replicas = context.spec().scaling().upperBound() + 1;
        return Math.ceilDiv(replicas, rung.replicas()) * rung.instanceGpus();
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
