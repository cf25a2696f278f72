package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import org.junit.jupiter.api.Test;

/** Ready names the first thing in the way and what to do about it. */
class ReadinessTest {

    private static final Problem NO_MODEL = new Problem(Reason.ModelUnknown, "spec.model: unknown; give numbers");

    @Test
    void everyReplicaAnswers() {
        assertThat(ready(Scene.planned().deployment(2, 2, 2)))
                .returns("True", Condition::status)
                .returns("Serving", Condition::reason)
                .returns("2 of 2 replicas answer", Condition::message);
    }

    @Test
    void aBadSpecIsToldBeforeEverythingElse() {
        assertThat(ready(Scene.planned().holding(NO_MODEL).pendingPod()))
                .returns("False", Condition::status)
                .returns("ModelUnknown", Condition::reason)
                .returns("spec.model: unknown; give numbers", Condition::message);
    }

    @Test
    void aBadSpecOverAServiceThatServesSaysThatItGoesOn() {
        var scene = Scene.planned().holding(NO_MODEL).deployment(1, 1, 1);
        assertThat(ready(scene).message()).endsWith("; what serves goes on: 1 replica answers");
        assertThat(scene.condition(ConditionType.Available).status()).isEqualTo("True");
    }

    @Test
    void aForeignObjectIsInTheWay() {
        assertThat(ready(Scene.planned().conflict(new ChildKey("v1", "Service", "team", "chat"))))
                .returns("ObjectConflict", Condition::reason)
                .satisfies(condition ->
                        assertThat(condition.message()).contains("Service team/chat", "delete or rename it"));
    }

    @Test
    void noNodeYet() {
        assertThat(ready(Scene.planned().deployment(1, 1, 0).pendingPod()))
                .returns("WaitingForNodes", Condition::reason)
                .satisfies(condition -> assertThat(condition.message()).contains("kubectl get nodeclaims"));
    }

    @Test
    void aNodeOnItsWay() {
        assertThat(ready(Scene.planned().deployment(1, 1, 0).pendingPod().claim("chat-a", "{}")))
                .returns("WaitingForNodes", Condition::reason)
                .satisfies(condition -> assertThat(condition.message()).contains("chat-a is Launching"));
    }

    /** The node came, and the pod still does not fit there: the scheduler knows why. */
    @Test
    void aPodThatFitsNowhere() {
        var scene = Scene.planned("compute: {nodePool: {none: {nodeSelector: {gpu: a10g}}}}")
                .deployment(1, 1, 0)
                .pod(
                        "chat-1",
                        "{}",
                        "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/3 nodes are available'}]}");
        assertThat(ready(scene))
                .returns("WaitingForNodes", Condition::reason)
                .returns(
                        "pod chat-1 has no node: 0/3 nodes are available; check that nodes with free GPUs match"
                                + " spec.compute.nodePool",
                        Condition::message);
    }

    @Test
    void theModelLoads() {
        var scene = Scene.planned()
                .deployment(1, 1, 0)
                .readyClaim("chat-a")
                .pod("chat-1", "{nodeName: node-of-chat-a}", "{}");
        assertThat(ready(scene))
                .returns("WaitingForPods", Condition::reason)
                .satisfies(condition -> assertThat(condition.message()).containsPattern("about \\d{3} s"));
    }

    @Test
    void anImageThatCannotBePulled() {
        assertThat(ready(failing("ErrImagePull", "")))
                .returns("ImagePullFailed", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains("pod chat-1", "ErrImagePull", "spec.engine.vllm.image"));
    }

    @Test
    void anEngineThatCrashes() {
        assertThat(ready(failing("CrashLoopBackOff", "lastState: {terminated: {exitCode: 137, reason: OOMKilled}}")))
                .returns("EngineFailing", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains(
                                "CrashLoopBackOff",
                                "last exit code 137 OOMKilled",
                                "kubectl logs chat-1 -n team --previous"));
    }

    @Test
    void podsThatGoAreNoFailure() {
        var scene = failing("CrashLoopBackOff", "");
        scene.observation().fleet().pods().getFirst().getMetadata().setDeletionTimestamp("2026-11-01T11:59:00Z");
        assertThat(ready(scene).reason()).isEqualTo("WaitingForPods");
    }

    @Test
    void aRolloutIsNotReadyUntilTheLastOldPodIsReplaced() {
        assertThat(ready(Scene.planned().deployment(2, 1, 2)))
                .returns("False", Condition::status)
                .returns("RollingOut", Condition::reason)
                .returns("2 replicas answer while others start or are replaced", Condition::message);
    }

    /** The Deployment's controller has not seen the newest template yet: its numbers speak of the old one. */
    @Test
    void numbersOfAnOlderGenerationDoNotCount() {
        var scene = Scene.planned().deployment(1, 1, 1);
        scene.observation().children().getFirst().getMetadata().setGeneration(9L);
        assertThat(ready(scene).status()).isEqualTo("False");
    }

    @Test
    void aNodeWithoutGpusIsToldBeforeWaiting() {
        assertThat(ready(Scene.planned()
                        .deployment(1, 1, 0)
                        .pendingPod()
                        .readyClaim("chat-a")
                        .node("node-of-chat-a", "2026-11-01T11:00:00Z", "{}")))
                .returns("GpuMissing", Condition::reason)
                .satisfies(condition -> assertThat(condition.message()).contains("device plugin", "toleration"));
    }

    private static Scene failing(String reason, String more) {
        return Scene.planned()
                .deployment(1, 1, 0)
                .readyClaim("chat-a")
                .pod(
                        "chat-1",
                        "{nodeName: node-of-chat-a}",
                        "{containerStatuses: [{name: engine, state: {waiting: {reason: %s, message: secret-words}}, %s}]}"
                                .formatted(reason, more));
    }

    private static Condition ready(Scene scene) {
        return scene.condition(ConditionType.Ready);
    }
}
