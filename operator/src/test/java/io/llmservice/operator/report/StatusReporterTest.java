package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.OwnedObject;
import io.llmservice.api.v1alpha1.ReplicaStatus;
import io.llmservice.planner.Identity;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Sibling;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The status says what is the case, in numbers a person can check, and changes only when the case does. */
class StatusReporterTest {

    private static final Problem NO_MODEL = new Problem(Reason.ModelUnknown, "spec.model: unknown; give numbers");

    @Test
    void everyConditionIsThereFromTheFirstReportOn() {
        var status = StatusReporter.report(Scene.planned().withoutPlan(NO_MODEL));
        assertThat(status.conditions())
                .extracting(Condition::type)
                .containsExactlyInAnyOrder(Arrays.stream(ConditionType.values())
                        .map(ConditionType::name)
                        .toArray(String[]::new));
        assertThat(status.conditions()).allSatisfy(condition -> {
            assertThat(condition.observedGeneration()).isEqualTo(3);
            assertThat(condition.lastTransitionTime()).isEqualTo("2026-11-01T12:00:00Z");
            assertThat(condition.reason()).matches("[A-Z][A-Za-z]+");
            assertThat(condition.message()).isNotBlank();
        });
        assertThat(status.plan()).isNull();
        assertThat(status.endpoint()).isNull();
        assertThat(status.model()).isEqualTo("chat");
    }

    @Test
    void thePlanIsShownInNumbers() {
        var status = Scene.planned().deployment(3, 3, 2).report();
        var plan = Objects.requireNonNull(status.plan());
        assertThat(plan.instanceType()).isEqualTo("g5.2xlarge");
        assertThat(plan.summary()).contains("A10G", "g5.2xlarge");
        assertThat(plan.ladder()).startsWith("g5.2xlarge", "g5.4xlarge");
        assertThat(plan.memory()).anySatisfy(line -> assertThat(line).contains("weights 14.2 GiB"));
        assertThat(plan.targetRunningRequests()).isLessThan(plan.maxConcurrentRequests());
        assertThat(plan.revision()).startsWith("chat-plan-");
        assertThat(plan.proposal()).isNull();
        assertThat(status.replicas()).isEqualTo(new ReplicaStatus(3, 2, 3));
        assertThat(status.endpoint()).isEqualTo("http://chat.team.svc:8000/v1");
    }

    @Test
    void theSameSituationGivesTheSameStatus() {
        var scene = Scene.planned().deployment(1, 1, 1).readyClaim("chat-a").autoscaler("True");
        var first = scene.report();
        var later = scene.reportedBefore(first).at(Scene.NOW.plusSeconds(3600)).report();
        assertThat(later).isEqualTo(first);
    }

    /** What is written comes back through the API server's JSON; a difference would be a write in every run. */
    @Test
    void aStatusThatCameBackIsEqual() {
        var first = Scene.planned()
                .deployment(1, 1, 0)
                .pendingPod()
                .claim("a", "{}")
                .report();
        assertThat(Serialization.unmarshal(Serialization.asJson(first), first.getClass()))
                .isEqualTo(first);
    }

    @Test
    void aTimeMovesOnlyWhenTheStatusFlips() {
        var first = Scene.planned().deployment(1, 1, 0).pendingPod().report();
        var loading = Scene.planned()
                .deployment(1, 1, 0)
                .readyClaim("a")
                .pod("chat-1", "{nodeName: n}", "{}")
                .reportedBefore(first)
                .at(Scene.NOW.plusSeconds(60))
                .report();
        assertThat(Scene.condition(loading, ConditionType.Ready))
                .returns("WaitingForPods", Condition::reason)
                .returns("2026-11-01T12:00:00Z", Condition::lastTransitionTime);
        assertThat(Scene.condition(loading, ConditionType.NodesReady).lastTransitionTime())
                .isEqualTo("2026-11-01T12:01:00Z");
    }

    @Test
    void aHoldShowsThePlanThatServes() {
        var scene = Scene.planned().holding(NO_MODEL).deployment(1, 1, 1);
        assertThat(scene.report().plan()).isNotNull();
        assertThat(scene.condition(ConditionType.Planned))
                .returns("False", Condition::status)
                .returns("ModelUnknown", Condition::reason)
                .returns(NO_MODEL.message(), Condition::message);
    }

    @Test
    void ownedObjectsAreListedInOrder() {
        var status = Scene.planned()
                .owns(
                        new ChildKey("v1", "Service", "team", "chat"),
                        new ChildKey("apps/v1", "Deployment", "team", "chat"))
                .report();
        assertThat(status.objects())
                .containsExactly(
                        new OwnedObject("apps/v1", "Deployment", "chat"), new OwnedObject("v1", "Service", "chat"));
    }

    @Test
    void whatTheApiServerRefusesIsToldInItsWords() {
        assertThat(Scene.planned().refused("Deployment chat: quota exceeded").condition(ConditionType.ObjectsApplied))
                .returns("ApplyFailed", Condition::reason)
                .returns("the API server refused Deployment chat: quota exceeded", Condition::message);
    }

    @Test
    void aDroppedImageVolumeHasAWayOut() {
        assertThat(Scene.planned().lostVolumes().condition(ConditionType.ObjectsApplied))
                .returns("ImageVolumeUnsupported", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains("spec.model.source.image", "Kubernetes 1.35", "feature gate"));
    }

    @Test
    void withoutKarpenterTheMessageSaysHowToDoWithout() {
        assertThat(Scene.planned().skipped("NodePool").condition(ConditionType.KindsAvailable))
                .returns("KindMissing", Condition::reason)
                .satisfies(condition ->
                        assertThat(condition.message()).contains("NodePool", "set spec.compute.nodePool.none"));
    }

    @Test
    void aPodMonitorIsMissedOnlyWhereItIsAskedFor() {
        assertThat(Scene.planned()
                        .skipped("PodMonitor")
                        .condition(ConditionType.KindsAvailable)
                        .status())
                .isEqualTo("True");
        assertThat(Scene.planned("monitoring: {podMonitor: Enabled}")
                        .skipped("PodMonitor")
                        .condition(ConditionType.KindsAvailable)
                        .message())
                .contains("PodMonitor");
    }

    @Test
    void theAutoscalerWithoutMetricsSaysWhereToLook() {
        assertThat(Scene.planned().condition(ConditionType.AutoscalerActive).status())
                .isEqualTo("Unknown");
        assertThat(Scene.planned().autoscaler("False").condition(ConditionType.AutoscalerActive))
                .returns("MetricsUnavailable", Condition::reason)
                .satisfies(condition -> assertThat(condition.message()).contains("kubectl get apiservice"));
        assertThat(Scene.planned()
                        .autoscaler("True")
                        .condition(ConditionType.AutoscalerActive)
                        .status())
                .isEqualTo("True");
    }

    @Test
    void theOldestServiceKeepsTheModelName() {
        assertThat(named("2026-11-01T09:00:00Z").condition(ConditionType.ModelNameUnique))
                .returns("False", Condition::status)
                .returns("ModelNameConflict", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains("other/elder claims the model name chat", "/team/chat", "set spec.model.name"));
        assertThat(named("2026-11-01T11:00:00Z")
                        .condition(ConditionType.ModelNameUnique)
                        .status())
                .isEqualTo("True");
    }

    /** The younger one serves all the same. */
    @Test
    void aModelNameConflictDoesNotMakeAServiceUnready() {
        assertThat(named("2026-11-01T09:00:00Z")
                        .deployment(1, 1, 1)
                        .condition(ConditionType.Ready)
                        .status())
                .isEqualTo("True");
    }

    /** An engine's last words may hold prompts, tokens and keys. */
    @Test
    void nothingOfLogsOrSecretsReachesTheStatus() {
        var status = Scene.planned("engine: {vllm: {env: [{name: MY_KEY, value: hunter2}]}}\n")
                .deployment(1, 1, 0)
                .pod("chat-1", "{nodeName: n}", """
                        {message: hunter2, containerStatuses: [{name: engine,
                          state: {waiting: {reason: CrashLoopBackOff, message: hunter2}},
                          lastState: {terminated: {exitCode: 1, reason: Error, message: "Bearer hunter2"}}}]}
                        """)
                .report();
        assertThat(Serialization.asJson(status)).contains("EngineFailing").doesNotContain("hunter2", "MY_KEY");
    }

    private static Scene named(String created) {
        return Scene.planned()
                .sibling(new Sibling(new Identity("other", "elder", "uid-0"), created, "chat", 1, java.util.List.of()))
                .sibling(new Sibling(
                        new Identity("other", "different", "uid-9"),
                        "2026-01-01T00:00:00Z",
                        "else",
                        1,
                        java.util.List.of()));
    }
}
