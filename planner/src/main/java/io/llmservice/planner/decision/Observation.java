package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.plan.AcceptedPlan;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is there, read once before anything is decided.
 *
 * @param children objects that the service owns
 * @param accepted the plan accepted last
 * @param fleet pods and nodes of the service
 * @param absentKinds kinds whose CustomResourceDefinition the cluster does not have
 * @param references objects that the spec refers to
 * @param siblings other services of the cluster
 * @param now time of the observation
 */
public record Observation(
        List<HasMetadata> children,
        Optional<AcceptedPlan> accepted,
        Fleet fleet,
        Set<CustomKinds> absentKinds,
        List<Reference> references,
        List<Sibling> siblings,
        Instant now) {

    public Observation {
        children = List.copyOf(children);
        absentKinds = Set.copyOf(absentKinds);
        references = List.copyOf(references);
        siblings = List.copyOf(siblings);
    }

    /** Pods of a service, the claims that Karpenter made for it, and their nodes. */
    public record Fleet(List<Pod> pods, List<GenericKubernetesResource> nodeClaims, List<Node> nodes) {

        public static final Fleet NOTHING = new Fleet(List.of(), List.of(), List.of());

        public Fleet {
            pods = List.copyOf(pods);
            nodeClaims = List.copyOf(nodeClaims);
            nodes = List.copyOf(nodes);
        }

        /** Whether a pod of the service runs on a node of a NodePool. */
        public boolean usesPool(String nodePool) {
            var nodesOfPool = nodeClaims.stream()
                    .filter(claim -> nodePool.equals(label(claim, "karpenter.sh/nodepool")))
                    .flatMap(claim -> Stream.ofNullable((String) claim.get("status", "nodeName")))
                    .toList();
            return pods.stream()
                    .map(pod -> pod.getSpec().getNodeName())
                    .filter(Objects::nonNull)
                    .anyMatch(nodesOfPool::contains);
        }

        private static String label(HasMetadata object, String key) {
            var labels = object.getMetadata().getLabels();
            return labels == null ? "" : labels.getOrDefault(key, "");
        }
    }

    public <T extends HasMetadata> Optional<T> child(Class<T> type) {
        return children.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Children of a kind that is another project's. */
    public List<GenericKubernetesResource> children(CustomKinds kind) {
        return children.stream()
                .filter(child -> child.getKind().equals(kind.kind()))
                .filter(GenericKubernetesResource.class::isInstance)
                .map(GenericKubernetesResource.class::cast)
                .toList();
    }

    /** The plans that were accepted and are still kept. */
    public List<ControllerRevision> revisions() {
        return children.stream()
                .filter(ControllerRevision.class::isInstance)
                .map(ControllerRevision.class::cast)
                .toList();
    }

    public boolean knows(CustomKinds... kinds) {
        return Arrays.stream(kinds).noneMatch(absentKinds::contains);
    }
}
