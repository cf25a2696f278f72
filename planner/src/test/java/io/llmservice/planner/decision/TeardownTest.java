package io.llmservice.planner.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.policy.Policy.Allowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A deleted service goes in an order that cannot wait for itself. */
class TeardownTest {

    private static final String SPEC = """
            model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}
            compute:
              instanceTypes: [g5.2xlarge, g5.4xlarge]
              nodePool:
                managed:
                  nodeClass:
                    ec2: {role: GpuNode, subnetSelectorTerms: [{id: subnet-1}], securityGroupSelectorTerms: [{id: sg-1}]}
            """;

    private final FakeCluster cluster = serving();

    @Test
    void podsGoThenPoolsThenNodeClasses() {
        cluster.runPodOn("pool");
        var steps = new ArrayList<String>();
        for (var step = next(); !step.done(); step = next()) {
            steps.add(step.delete().stream().map(object -> object.getKind()).toList() + " " + step.waitingFor());
            step.delete().forEach(cluster::delete);
            if (step.delete().isEmpty()) {
                cluster.endPods();
            }
        }

        assertThat(steps)
                .containsExactly(
                        "[HorizontalPodAutoscaler, Deployment] 1 pod to finish requests and end",
                        "[] 1 pod to finish requests and end",
                        "[NodePool, NodePool] 2 NodePools and their nodes to be removed by Karpenter",
                        "[EC2NodeClass] 1 EC2NodeClasses to be removed by Karpenter");
    }

    @Test
    void withoutPodsTheDeploymentIsWaitedFor() {
        assertThat(next().waitingFor()).isEqualTo("the Deployment to be gone");
    }

    @Test
    void whatIsGoingIsNotDeletedAgain() {
        cluster.objects().forEach(object -> object.getMetadata().setDeletionTimestamp("2026-11-01T11:00:00Z"));

        assertThat(next().delete()).isEmpty();
        assertThat(next().done()).isFalse();
    }

    /** The rest has owner references: Kubernetes collects it, and nobody waits. */
    @Test
    void nothingElseHoldsTheServiceUp() {
        cluster.objects().stream()
                .filter(object -> Set.of("Deployment", "HorizontalPodAutoscaler", "NodePool", "EC2NodeClass")
                        .contains(object.getKind()))
                .forEach(cluster::delete);

        assertThat(cluster.objects()).isNotEmpty();
        assertThat(next().done()).isTrue();
    }

    @Test
    void aPoolStaysAsLongAsAPodRuns() {
        cluster.runPodOn("pool");
        cluster.objects().stream()
                .filter(object -> !object.getKind().equals(CustomKinds.NODE_POOL.kind()))
                .forEach(cluster::delete);

        assertThat(next().delete()).isEmpty();
        assertThat(next().waitingFor()).contains("1 pod");
    }

    private Teardown next() {
        return Teardown.next(cluster.observe());
    }

    private static FakeCluster serving() {
        var cluster = new FakeCluster();
        cluster.apply(Planning.standard()
                .withAllowed(
                        new Allowed(List.of("*"), List.of("*"), List.of(), List.of("*"), List.of(), Set.of(), Set.of()))
                .proceed(Manifests.withSpec(SPEC), cluster.observe()));
        return cluster;
    }
}
