package io.llmservice.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Observation.Fleet;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.decision.Sibling;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.plan.AcceptedPlanCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an API server would hold of one service: objects by key, each gone through JSON and back. */
public final class FakeCluster {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<ChildKey, HasMetadata> objects = new TreeMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<GenericKubernetesResource> nodeClaims = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<Sibling> siblings = new ArrayList<>();

    public static Observation nothing() {
        return new FakeCluster().observe();
    }

    /** Does what was decided; the number of objects that this changed. */
    public int apply(Decision decision) {
        int changes = 0;
        for (var desired : decision.children().apply()) {
            var stored = throughJson(desired);
            changes += stored.equals(objects.put(ChildKey.of(desired), stored)) ? 0 : 1;
        }
        for (var pruned : decision.children().prune()) {
            changes += objects.remove(ChildKey.of(pruned)) == null ? 0 : 1;
        }
        return changes;
    }

    /** A pod of the service on a node that a NodePool made. */
    public void runPodOn(String nodePool) {
        pods.add(Manifests.read("""
                metadata: {name: chat-1, namespace: team}
                spec: {nodeName: node-of-%s, containers: []}
                """.formatted(nodePool), Pod.class));
        nodeClaims.add(Manifests.read("""
                apiVersion: karpenter.sh/v1
                kind: NodeClaim
                metadata: {name: claim-of-%1$s, labels: {karpenter.sh/nodepool: %1$s}}
                status: {nodeName: node-of-%1$s}
                """.formatted(nodePool), GenericKubernetesResource.class));
    }

    public void endPods() {
        pods.clear();
    }

    public void delete(HasMetadata object) {
        objects.remove(ChildKey.of(object));
    }

    /** An object that is there again, or still. */
    public void restore(HasMetadata object) {
        objects.put(ChildKey.of(object), object);
    }

    public void refer(Reference reference) {
        references.add(reference);
    }

    public void join(Sibling sibling) {
        siblings.add(sibling);
    }

    public List<HasMetadata> objects() {
        return List.copyOf(objects.values());
    }

    public List<GenericKubernetesResource> objects(CustomKinds kind) {
        return observe().children(kind);
    }

    public Observation observe() {
        var children = objects();
        return new Observation(
                children,
                accepted(children),
                new Fleet(pods, nodeClaims, List.of()),
                Set.of(),
                references,
                siblings,
                Instant.parse("2026-11-01T12:00:00Z"));
    }

    private static Optional<AcceptedPlan> accepted(List<HasMetadata> children) {
        return children.stream()
                .filter(ControllerRevision.class::isInstance)
                .map(ControllerRevision.class::cast)
                .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
                .flatMap(revision -> AcceptedPlanCodec.decode(revision).stream())
                .findFirst();
    }

    private static HasMetadata throughJson(HasMetadata object) {
        try {
            return JSON.readValue(JSON.writeValueAsString(object), object.getClass());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
