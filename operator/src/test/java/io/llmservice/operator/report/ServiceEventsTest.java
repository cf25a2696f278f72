package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events tell what is new, once. */
class ServiceEventsTest {

    @Test
    void theFirstReportTellsThePlanAndWhatIsNotWell() {
        var first = Scene.planned().deployment(1, 1, 0).pendingPod().report();
        assertThat(events(null, first))
                .containsExactly(
                        "Ready WaitingForNodes", "Available NoReplica", "Planned Accepted", "NodesReady NodesPending");
    }

    @Test
    void theSameStatusTellsNothing() {
        var status = Scene.planned().deployment(1, 1, 1).report();
        assertThat(events(status, status)).isEmpty();
    }

    /** Numbers in a message move all the time. */
    @Test
    void anotherMessageIsNoNews() {
        var two = Scene.planned().deployment(2, 2, 2).report();
        var three = Scene.planned().deployment(3, 3, 3).report();
        assertThat(two).isNotEqualTo(three);
        assertThat(events(two, three)).isEmpty();
    }

    @Test
    void aFlipIsTold() {
        var waiting = Scene.planned().deployment(1, 1, 0).readyClaim("a").report();
        var serving = Scene.planned().deployment(1, 1, 1).readyClaim("a").report();
        assertThat(events(waiting, serving)).containsExactly("Ready Serving", "Available Serving");
    }

    @Test
    void anotherReasonIsTold() {
        var pending = Scene.planned().deployment(1, 1, 0).pendingPod().report();
        var held = Scene.planned()
                .deployment(1, 1, 0)
                .pendingPod()
                .holding(new Problem(Reason.NotAllowed, "spec.engine.vllm.image: no"))
                .report();
        assertThat(events(pending, held)).containsExactly("Ready NotAllowed", "Planned NotAllowed");
    }

    private static List<String> events(@Nullable LlmServiceStatus before, LlmServiceStatus now) {
        return ServiceEvents.transitions(before, now).stream()
                .map((Condition condition) -> condition.type() + " " + condition.reason())
                .toList();
    }
}
