package io.llmservice.planner.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.policy.Policy.Allowed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of objects that a changed spec no longer asks for. */
class PruningTest {

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final String TWO_TYPES = QWEN + "compute: {instanceTypes: [g5.2xlarge, g5.4xlarge]}\n";
    private static final String ONE_TYPE = QWEN + "compute: {instanceTypes: [g5.4xlarge]}\n";
    private static final String OWN_CLASS = QWEN + """
            compute:
              instanceTypes: [g5.2xlarge]
              nodePool:
                managed:
                  nodeClass:
                    ec2: {role: GpuNode, subnetSelectorTerms: [{id: subnet-1}], securityGroupSelectorTerms: [{id: sg-1}]}
            """;
    private static final String OTHER_KIND = QWEN + """
            compute:
              instanceTypes: [g5.2xlarge]
              nodePool: {managed: {nodeClass: {ref: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: simulated}}}}
            """;
    private static final Planning PLANNING = Planning.standard()
            .withAllowed(
                    new Allowed(List.of("*"), List.of("*"), List.of(), List.of("*"), List.of("*"), Set.of(), Set.of()));

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void aDroppedPoolGoesAtOnceWhereNothingRunsOnIt() {
        run(TWO_TYPES);
        var dropped = pool("g5-2xlarge");

        var decision = run(ONE_TYPE);

        assertThat(decision.children().prune()).contains(dropped);
        assertThat(cluster.objects(CustomKinds.NODE_POOL)).hasSize(1);
    }

    @Test
    void aDroppedPoolThatServesTakesNoNewNodesAndGoesWhenItsPodsAreGone() {
        run(TWO_TYPES);
        var dropped = pool("g5-2xlarge");
        cluster.runPodOn(dropped.getMetadata().getName());

        run(ONE_TYPE);

        var retired = pool("g5-2xlarge");
        assertThat(retired.<Map<String, String>>get("spec", "limits")).isEqualTo(Map.of("nvidia.com/gpu", "0"));
        assertThat(retired.<Object>get("spec", "template")).isEqualTo(dropped.<Object>get("spec", "template"));
        assertThat(retired.getMetadata()).isEqualTo(dropped.getMetadata());
        assertThat(run(ONE_TYPE).children().prune()).as("while pods run").isEmpty();

        cluster.endPods();
        run(ONE_TYPE);
        assertThat(cluster.objects(CustomKinds.NODE_POOL)).hasSize(1).doesNotContain(retired);
    }

    @Test
    void aRetiredPoolIsWrittenOnce() {
        run(TWO_TYPES);
        cluster.runPodOn(pool("g5-2xlarge").getMetadata().getName());
        run(ONE_TYPE);

        assertThat(cluster.apply(decide(ONE_TYPE))).isZero();
    }

    @Test
    void aPoolThatIsWantedAgainTakesNodesAgain() {
        run(TWO_TYPES);
        cluster.runPodOn(pool("g5-2xlarge").getMetadata().getName());
        run(ONE_TYPE);

        run(TWO_TYPES);

        assertThat(pool("g5-2xlarge").<Map<String, String>>get("spec", "limits"))
                .isEqualTo(Map.of("nvidia.com/gpu", "2"));
    }

    @Test
    void aPoolThatIsGoingIsLeftToItsEnd() {
        run(TWO_TYPES);
        var dropped = pool("g5-2xlarge");
        dropped.getMetadata().setDeletionTimestamp("2026-11-01T11:00:00Z");

        var decision = run(ONE_TYPE);

        assertThat(decision.children().prune()).doesNotContain(dropped);
        assertThat(decision.children().apply()).extracting(ChildKey::of).doesNotContain(ChildKey.of(dropped));
    }

    /** Group and kind of a pool's class cannot change, and its nodes must not be taken away. */
    @Test
    void anotherKindOfNodeClassMeansAnotherPool() {
        run(OWN_CLASS);
        var before = pool("g5-2xlarge").getMetadata().getName();
        cluster.runPodOn(before);

        run(OTHER_KIND);

        assertThat(cluster.objects(CustomKinds.NODE_POOL))
                .extracting(pool -> pool.getMetadata().getName())
                .hasSize(2)
                .contains(before);
    }

    @Test
    void aNodeClassWaitsForThePoolsThatReferToIt() {
        run(OWN_CLASS);
        cluster.runPodOn(pool("g5-2xlarge").getMetadata().getName());

        run(OTHER_KIND);
        assertThat(cluster.objects(CustomKinds.EC2_NODE_CLASS))
                .as("its pool serves")
                .hasSize(1);

        cluster.endPods();
        run(OTHER_KIND);
        assertThat(cluster.objects(CustomKinds.EC2_NODE_CLASS))
                .as("its pool goes")
                .hasSize(1);

        run(OTHER_KIND);
        assertThat(cluster.objects(CustomKinds.EC2_NODE_CLASS))
                .as("its pool is gone")
                .isEmpty();
    }

    @Test
    void whatIsSwitchedOffIsPruned() {
        run(QWEN + "serving: {networkPolicy: {mode: Enabled}}");
        assertThat(cluster.observe().child(NetworkPolicy.class)).isPresent();
        assertThat(cluster.objects(CustomKinds.POD_MONITOR)).hasSize(1);

        run(QWEN + "monitoring: {podMonitor: Disabled}");

        assertThat(cluster.observe().child(NetworkPolicy.class)).isEmpty();
        assertThat(cluster.objects(CustomKinds.POD_MONITOR)).isEmpty();
    }

    private Decision.Proceed decide(String spec) {
        return PLANNING.proceed(Manifests.withSpec(spec), cluster.observe());
    }

    private Decision.Proceed run(String spec) {
        var decision = decide(spec);
        cluster.apply(decision);
        return decision;
    }

    private GenericKubernetesResource pool(String type) {
        return cluster.objects(CustomKinds.NODE_POOL).stream()
                .filter(pool -> pool.getMetadata().getName().contains(type))
                .findFirst()
                .orElseThrow();
    }
}
