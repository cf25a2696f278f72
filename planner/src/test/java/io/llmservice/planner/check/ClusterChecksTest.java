package io.llmservice.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Identity;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.decision.Reference.State;
import io.llmservice.planner.decision.Sibling;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds a spec because of what else is, or is not, in the cluster. */
class ClusterChecksTest {

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final String LLAMA = "model: {source: {huggingFace: {repository: meta-llama/Meta-Llama-3-70B}}}\n";

    static Stream<Arguments> missing() {
        return Stream.of(
                Arguments.of(
                        "spec.model.source.huggingFace.tokenSecretRef",
                        "Secret",
                        State.MISSING,
                        "",
                        "Secret it is not in namespace team; create it"),
                Arguments.of(
                        "spec.model.source.huggingFace.tokenSecretRef",
                        "Secret",
                        State.KEY_MISSING,
                        "token",
                        "Secret it has no key token; add the key"),
                Arguments.of(
                        "spec.engine.vllm.env[A].secretKeyRef",
                        "Secret",
                        State.LABEL_MISSING,
                        "llmservice.io/usable=true",
                        "lacks the label llmservice.io/usable=true that the operator's administrator asks for; label it"),
                Arguments.of(
                        "spec.model.source.persistentVolumeClaim.claimName",
                        "PersistentVolumeClaim",
                        State.MISSING,
                        "",
                        "PersistentVolumeClaim it is not in namespace team"),
                Arguments.of(
                        "spec.compute.nodePool.existing.name",
                        "NodePool",
                        State.MISSING,
                        "",
                        "NodePool it is not in the cluster; create it or correct the name"),
                Arguments.of(
                        "spec.compute.nodePool.managed.nodeClass.ref",
                        "EC2NodeClass",
                        State.MISSING,
                        "",
                        "EC2NodeClass it is not in the cluster"),
                Arguments.of(
                        "the operator's default node class",
                        "EC2NodeClass",
                        State.MISSING,
                        "",
                        "EC2NodeClass it is not in the cluster"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aMissingReferenceIsNamed(String field, String kind, State state, String detail, String message) {
        var cluster = new FakeCluster();
        cluster.refer(new Reference("spec.first", "Secret", "there", State.PRESENT, ""));
        cluster.refer(new Reference(field, kind, "it", state, detail));

        var hold = Planning.standard().hold(Manifests.withSpec(QWEN), cluster.observe());

        assertThat(hold.problem().reason()).isEqualTo(Reason.ReferenceMissing);
        assertThat(hold.problem().message()).startsWith(field).contains(message);
    }

    /** The plan needs 8 GPUs where the spec names none: the first decision must see them, not the second. */
    @Test
    void theGpuLimitCountsWhatThePlanNeeds() {
        var service = Manifests.withSpec(LLAMA + "scaling: {maxReplicas: 2}");

        var hold = Planning.standard().withMaxGpus(15).hold(service, FakeCluster.nothing());

        assertThat(hold.problem().reason()).isEqualTo(Reason.GpuLimitExceeded);
        assertThat(hold.problem().message())
                .contains("spec.scaling.maxReplicas asks for up to 16 GPUs", "limit of 15", "lower maxReplicas");
        assertThat(Planning.standard().withMaxGpus(16).decide(service, FakeCluster.nothing()))
                .isInstanceOf(Decision.Proceed.class);
    }

    @Test
    void olderServicesOfTheNamespaceKeepTheirGpus() {
        assertThat(beside("team", "2026-11-01T09:59:59Z", "a")).isInstanceOf(Decision.Hold.class);
    }

    @Test
    void youngerServicesDoNotCount() {
        assertThat(beside("team", "2026-11-01T10:00:01Z", "a")).isInstanceOf(Decision.Proceed.class);
    }

    @Test
    void otherNamespacesDoNotCount() {
        assertThat(beside("other", "2026-11-01T09:59:59Z", "a")).isInstanceOf(Decision.Proceed.class);
    }

    /** Both were made in the same second: exactly one of them counts the other. */
    @Test
    void equalAgesAreSettledByUid() {
        assertThat(beside("team", "2026-11-01T10:00:00Z", "0")).isInstanceOf(Decision.Hold.class);
        assertThat(beside("team", "2026-11-01T10:00:00Z", "f")).isInstanceOf(Decision.Proceed.class);
    }

    /** A service that wants 1 GPU beside one that has 4, where 4 are allowed. */
    private static Decision beside(String namespace, String created, String uid) {
        var cluster = new FakeCluster();
        cluster.join(new Sibling(new Identity(namespace, "other", uid), created, "other", 4, java.util.List.of()));
        return Planning.standard().withMaxGpus(4).decide(Manifests.withSpec(QWEN), cluster.observe());
    }
}
