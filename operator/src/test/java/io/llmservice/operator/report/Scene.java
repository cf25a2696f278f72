package io.llmservice.operator.report;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.operator.apply.Applied;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Observation.Fleet;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.Sibling;
import io.llmservice.planner.decision.SizedPlans;
import io.llmservice.planner.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service in some state of a cluster, built up a fact at a time, and the report on it. */
final class Scene {

    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final ModelCatalogue MODELS = ModelCatalogue.load();
    private static final InstanceCatalogue INSTANCES = InstanceCatalogue.load();

    private final LlmService service;
    private final List<HasMetadata> children = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<GenericKubernetesResource> claims = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Sibling> siblings = new ArrayList<>();
    private Applied applied = new Applied(List.of(), List.of(), List.of(), List.of(), false);
    private @Nullable Problem problem;
    private Traffic traffic = Traffic.NONE;
    private Instant now = NOW;

    private Scene(String specYaml) {
        service = Serialization.unmarshal("""
                metadata:
                  {namespace: team, name: chat, uid: uid-1, generation: 3, creationTimestamp: "2026-11-01T10:00:00Z"}
                """, LlmService.class);
        service.setSpec(Serialization.unmarshal(specYaml, LlmServiceSpec.class));
    }

    /** A service with a plan, of which nothing is there yet. */
    static Scene planned() {
        return new Scene(QWEN);
    }

    static Scene planned(String moreOfTheSpec) {
        return new Scene(QWEN + moreOfTheSpec);
    }

    /** A service with a plan whose spec has since turned bad. */
    Scene holding(Problem reason) {
        problem = reason;
        return this;
    }

    Scene deployment(int desired, int updated, int ready) {
        children.add(Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: chat, namespace: team, generation: 2}
                spec: {replicas: %d}
                status: {observedGeneration: 2, replicas: %1$d, updatedReplicas: %d, readyReplicas: %d}
                """.formatted(desired, updated, ready), Deployment.class));
        return this;
    }

    Scene autoscaler(String scalingActive) {
        children.add(Serialization.unmarshal("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: chat, namespace: team}
                status: {conditions: [{type: ScalingActive, status: "%s", reason: FailedGetPodsMetric}]}
                """.formatted(scalingActive), HorizontalPodAutoscaler.class));
        return this;
    }

    /** A pod with the spec and status given as YAML in flow style. */
    Scene pod(String name, String spec, String status) {
        pods.add(Serialization.unmarshal(
                "metadata: {name: %s, namespace: team}\nspec: %s\nstatus: %s".formatted(name, spec, status),
                Pod.class));
        return this;
    }

    Scene pendingPod() {
        return pod("chat-1", "{}", "{phase: Pending}");
    }

    Scene claim(String name, String status) {
        claims.add(Serialization.unmarshal("""
                apiVersion: karpenter.sh/v1
                kind: NodeClaim
                metadata:
                  name: %s
                  labels: {node.kubernetes.io/instance-type: g5.2xlarge, karpenter.sh/capacity-type: spot}
                status: %s
                """.formatted(name, status), GenericKubernetesResource.class));
        return this;
    }

    Scene readyClaim(String name) {
        return claim(
                name,
                "{nodeName: node-of-%s, conditions: [{type: Launched, status: 'True'}, {type: Registered, status: 'True'}, {type: Initialized, status: 'True'}]}"
                        .formatted(name));
    }

    Scene drainingClaim(String name) {
        readyClaim(name);
        claims.getLast().getMetadata().setDeletionTimestamp("2026-11-01T11:59:00Z");
        return this;
    }

    Scene node(String name, String readySince, String allocatable) {
        nodes.add(Serialization.unmarshal("""
                metadata: {name: %s}
                status:
                  allocatable: %s
                  conditions: [{type: Ready, status: "True", lastTransitionTime: "%s"}]
                """.formatted(name, allocatable, readySince), Node.class));
        return this;
    }

    Scene sibling(Sibling sibling) {
        siblings.add(sibling);
        return this;
    }

    Scene conflict(ChildKey... keys) {
        applied = new Applied(List.of(), List.of(keys), List.of(), List.of(), false);
        return this;
    }

    Scene skipped(String... kinds) {
        applied = new Applied(List.of(), List.of(), List.of(kinds), List.of(), false);
        return this;
    }

    Scene refused(String failure) {
        applied = new Applied(List.of(), List.of(), List.of(), List.of(failure), false);
        return this;
    }

    Scene lostVolumes() {
        applied = new Applied(List.of(), List.of(), List.of(), List.of(), true);
        return this;
    }

    Scene owns(ChildKey... keys) {
        applied = new Applied(List.of(keys), List.of(), List.of(), List.of(), false);
        return this;
    }

    Scene traffic(Traffic seen) {
        traffic = seen;
        return this;
    }

    Scene at(Instant time) {
        now = time;
        return this;
    }

    Scene reportedBefore(LlmServiceStatus status) {
        service.setStatus(status);
        return this;
    }

    LlmService service() {
        return service;
    }

    Observation observation() {
        return new Observation(
                children, Optional.empty(), new Fleet(pods, claims, nodes), Set.of(), List.of(), siblings, now);
    }

    Situation situation() {
        var planned = decide();
        Decision decision =
                problem == null ? planned : new Decision.Hold(problem, planned.inForce(), planned.children());
        return new Situation(service, decision, observation(), applied, traffic);
    }

    /** The situation of a service that never had a plan. */
    Situation withoutPlan(Problem reason) {
        var decision = new Decision.Hold(reason, Optional.empty(), io.llmservice.planner.decision.DesiredChildren.NONE);
        return new Situation(service, decision, observation(), Applied.nothing(), traffic);
    }

    LlmServiceStatus report() {
        return StatusReporter.report(situation());
    }

    Condition condition(ConditionType type) {
        return condition(report(), type);
    }

    static Condition condition(LlmServiceStatus status, ConditionType type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type.name()))
                .findFirst()
                .orElseThrow();
    }

    private Decision decide() {
        var safe = Policy.safeDefaults();
        var policy = new Policy(
                safe.allowed(),
                safe.engine(),
                Optional.of(
                        new NodeClassSpec(null, new NodeClassReference("karpenter.k8s.aws", "EC2NodeClass", "gpu"))),
                safe.maxGpusPerNamespace(),
                safe.requiredSecretLabel(),
                safe.fallback());
        return new ServicePlanner(policy, new SizedPlans(MODELS, INSTANCES, policy)).decide(service, observation());
    }
}
