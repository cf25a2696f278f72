package io.llmservice.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.llmservice.localcluster.nodes.ContainerState.Running;
import io.llmservice.localcluster.nodes.ContainerState.Terminated;
import io.llmservice.localcluster.nodes.ContainerState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStatusesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plusSeconds(60);

    private final Terminated failed = Terminated.exited(2, "no such flag", START, START);

    @Test
    void pendingUntilEveryContainerHasRun() {
        assertThat(status(container(Waiting.creating(), false)).getPhase()).isEqualTo("Pending");
        assertThat(status(container(Waiting.creating(), false), container(new Running(START), true))
                        .getPhase())
                .isEqualTo("Pending");
    }

    @Test
    void crashingPodCountsAsRunningAndIsNotReady() {
        ContainerSnapshot crashing = new ContainerSnapshot(
                "main", "image", new Waiting("CrashLoopBackOff", "back-off 1s"), Optional.of(failed), 1, false, false);

        PodStatus status = status(crashing);

        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(ready(status).getStatus()).isEqualTo("False");
        assertThat(ready(status).getMessage()).isEqualTo("containers with unready status: [main]");
        assertThat(status.getContainerStatuses()
                        .getFirst()
                        .getLastState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(2);
    }

    @Test
    void phaseOfAnEndedPodTellsWhetherAllWentWell() {
        Terminated done = Terminated.exited(0, "", START, START);

        assertThat(status(container(done, false)).getPhase()).isEqualTo("Succeeded");
        assertThat(status(container(done, false), container(failed, false)).getPhase())
                .isEqualTo("Failed");
    }

    @Test
    void transitionTimeMovesOnlyWhenTheStatusFlips() {
        PodStatus first = status(container(new Running(START), true));

        PodStatus same = PodStatuses.status(view(container(new Running(START), true)), first.getConditions(), LATER);
        PodStatus flipped =
                PodStatuses.status(view(container(new Running(START), false)), first.getConditions(), LATER);

        assertThat(same).isEqualTo(first);
        assertThat(ready(flipped).getLastTransitionTime()).isEqualTo(LATER.toString());
        assertThat(flipped.getConditions().getFirst().getLastTransitionTime()).isEqualTo(START.toString());
    }

    private static PodCondition ready(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private static ContainerSnapshot container(ContainerState state, boolean ready) {
        return new ContainerSnapshot("main", "image", state, Optional.empty(), 0, ready, ready);
    }

    private static PodStatus status(ContainerSnapshot... containers) {
        return PodStatuses.status(view(containers), List.of(), START);
    }

    private static PodStatuses.View view(ContainerSnapshot... containers) {
        return new PodStatuses.View("127.1.2.3", START, true, List.of(), List.of(containers));
    }
}
