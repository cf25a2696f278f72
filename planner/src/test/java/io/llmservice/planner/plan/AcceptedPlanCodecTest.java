package io.llmservice.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Identity;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kept plan comes back as it was, also from another version of the operator. */
class AcceptedPlanCodecTest {

    private static final Identity CHAT = new Identity("team", "chat", "uid");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AcceptedPlan accepted = Planning.standard()
            .proceed(Manifests.withSpec("""
                            model:
                              source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct, tokenSecretRef: {name: a, key: b}}}
                            engine: {vllm: {gpuMemoryUtilization: 0.87, env: [{name: EMPTY, value: ""}]}}
                            compute:
                              cpu: 1500m
                              nodePool: {managed: {limits: {gpus: 4}, taints: [], startupTaints: [{key: a, value: ""}]}}
                            serving: {podLabels: {empty: "", b: c}, podAnnotations: {multi: "a\\nb"}}
                            """), FakeCluster.nothing())
            .accepted();

    @Test
    void aPlanComesBackEqual() throws Exception {
        assertThat(AcceptedPlanCodec.decode(stored(AcceptedPlanCodec.encode(CHAT, accepted, 1))))
                .contains(accepted);
    }

    @Test
    void aPlanThatCameBackIsWrittenUnderTheSameName() throws Exception {
        var first = AcceptedPlanCodec.encode(CHAT, accepted, 1);
        var again = AcceptedPlanCodec.encode(
                CHAT, AcceptedPlanCodec.decode(stored(first)).orElseThrow(), 1);
        assertThat(stored(again)).isEqualTo(stored(first));
    }

    @Test
    void anotherPlanHasAnotherName() {
        var other = new AcceptedPlan(accepted.spec(), accepted.plan(), accepted.podTemplate(), "token");
        assertThat(AcceptedPlanCodec.encode(CHAT, other, 1).getMetadata().getName())
                .isNotEqualTo(AcceptedPlanCodec.encode(CHAT, accepted, 1)
                        .getMetadata()
                        .getName());
    }

    @Test
    void fieldsOfANewerOperatorAreSkipped() {
        var data = data();
        data.withObject("/plan/budget").put("usd", 5);
        data.withObject("/plan/replica").put("loras", 3);
        assertThat(AcceptedPlanCodec.decode(holding(data))).contains(accepted);
    }

    @Test
    void wordsThatAnOlderOperatorDidNotWriteAreEmpty() {
        var data = data();
        data.withObject("/plan/words").removeAll().put("summary", "1 GPU");
        assertThat(AcceptedPlanCodec.decode(holding(data))
                        .orElseThrow()
                        .plan()
                        .words()
                        .notes())
                .isEmpty();
    }

    /** What is not a plan is no plan: the service is planned anew instead of failing in every run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "7",
                "{\"spec\": {}}",
                "{\"spec\": {\"model\": {}}, \"plan\": {}, \"podTemplate\": {}}",
                "{\"spec\": {\"model\": {}}, \"plan\": {\"ladder\": []}, \"podTemplate\": {}}",
                "{\"spec\": {\"model\": {}}, \"plan\": {\"ladder\": [{}]}, \"podTemplate\": {}}"
            })
    void otherDataIsNoPlan(String data) throws Exception {
        assertThat(AcceptedPlanCodec.decode(holding(JSON.readValue(data, Object.class))))
                .isEmpty();
    }

    private ObjectNode data() {
        return JSON.valueToTree(AcceptedPlanCodec.encode(CHAT, accepted, 1).getData());
    }

    private static ControllerRevision holding(Object data) {
        return new ControllerRevisionBuilder().withData(data).build();
    }

    private static ControllerRevision stored(ControllerRevision revision) throws Exception {
        return JSON.readValue(JSON.writeValueAsString(revision), ControllerRevision.class);
    }
}
