package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.decision.Teardown;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service that goes says what it waits for. */
class DeletionReportTest {

    private static final Teardown WAITING = new Teardown(List.of(), "2 pods to finish requests and end");

    @Test
    void theFinalizerIsExplained() {
        var scene = Scene.planned()
                .reportedBefore(Scene.planned().deployment(1, 1, 1).report());

        var status = DeletionReport.report(scene.service(), WAITING, scene.observation());

        var ready = Scene.condition(status, ConditionType.Ready);
        assertThat(ready.status()).isEqualTo("False");
        assertThat(ready.reason()).isEqualTo("Deleting");
        assertThat(ready.message()).isEqualTo("deleting; waiting for 2 pods to finish requests and end");
        assertThat(status.model()).isEqualTo("chat");
        assertThat(status.endpoint()).isNull();
        assertThat(status.objects()).isEmpty();
    }

    @Test
    void waitingOnWritesNothingNew() {
        var scene = Scene.planned();
        var first = DeletionReport.report(scene.service(), WAITING, scene.observation());
        scene.reportedBefore(first).at(Scene.NOW.plusSeconds(30));

        assertThat(DeletionReport.report(scene.service(), WAITING, scene.observation()))
                .isEqualTo(first);
    }
}
