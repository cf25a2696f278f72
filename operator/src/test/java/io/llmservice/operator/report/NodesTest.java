package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.NodeStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nodes that Karpenter makes, as a person follows them. */
class NodesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | Launching | Karpenter is asking EC2 for the instance",
                "{conditions: [{type: Launched, status: 'False', message: 'no capacity'}]} | Launching | no capacity",
                "{conditions: [{type: Launched, status: 'True'}]} | Registering | the instance is booting and has not joined yet",
                "{conditions: [{type: Launched, status: 'True'}, {type: Registered, status: 'True'}]} | Initializing | the node is not Ready, or its GPUs are not announced yet"
            })
    void aClaimOnItsWaySaysWhatIsWaitedFor(String status, String state, String message) {
        assertThat(only(Scene.planned().claim("chat-a", status)))
                .isEqualTo(new NodeStatus("chat-a", null, "g5.2xlarge", "spot", state, message));
    }

    @Test
    void aReadyNodeNeedsNoWords() {
        var scene = Scene.planned().readyClaim("chat-a");
        assertThat(only(scene))
                .isEqualTo(new NodeStatus("chat-a", "node-of-chat-a", "g5.2xlarge", "spot", "Ready", null));
        assertThat(nodesReady(scene)).returns("True", Condition::status).returns("1 node is ready", Condition::message);
    }

    @Test
    void gpusAreMissedAfterAMinuteAndNotBefore() {
        var since = Instant.parse("2026-11-01T12:00:00Z");
        var scene = Scene.planned()
                .readyClaim("chat-a")
                .node("node-of-chat-a", since.toString(), "{cpu: '8', nvidia.com/gpu: '0'}");

        assertThat(nodesReady(scene.at(since.plusSeconds(59))).status()).isEqualTo("True");
        assertThat(nodesReady(scene.at(since.plusSeconds(60))))
                .returns("False", Condition::status)
                .returns("GpuMissing", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains("announces no nvidia.com/gpu", "install it with a toleration", "llmservice.io/pool"));
        assertThat(only(scene).state()).isEqualTo("GpuMissing");
    }

    @Test
    void aNodeThatAnnouncesItsGpusIsWell() {
        var scene = Scene.planned()
                .readyClaim("chat-a")
                .node("node-of-chat-a", "2026-11-01T10:00:00Z", "{nvidia.com/gpu: '1'}");
        assertThat(only(scene).state()).isEqualTo("Ready");
    }

    /** Scaling in takes nodes away; nobody waits for those. */
    @Test
    void aNodeThatGoesIsShownAndNotWaitedFor() {
        var scene = Scene.planned().readyClaim("chat-a").drainingClaim("chat-b");
        assertThat(scene.report().nodes()).extracting(NodeStatus::state).containsExactly("Ready", "Draining");
        assertThat(nodesReady(scene).status()).isEqualTo("True");
        assertThat(nodesReady(Scene.planned().drainingClaim("chat-b")).reason()).isEqualTo("NodesPending");
    }

    @Test
    void nodesOfSomethingElseAreNotReportedOn() {
        assertThat(nodesReady(Scene.planned("compute: {nodePool: {none: {}}}")))
                .returns("True", Condition::status)
                .returns("NotManaged", Condition::reason);
    }

    private static Condition nodesReady(Scene scene) {
        return scene.condition(ConditionType.NodesReady);
    }

    private static NodeStatus only(Scene scene) {
        return scene.report().nodes().getFirst();
    }
}
