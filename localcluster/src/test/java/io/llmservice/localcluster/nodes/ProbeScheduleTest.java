package io.llmservice.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {
    @Test
    void hasTheDefaultsOfTheApi() {
        assertThat(ProbeSchedule.of(new ProbeBuilder().build()))
                .isEqualTo(new ProbeSchedule(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3));
    }

    @Test
    void failuresCountInARowOnly() {
        ProbeSchedule.Tally tally = new ProbeSchedule.Tally(
                ProbeSchedule.of(new ProbeBuilder().withFailureThreshold(2).build()));

        assertThat(tally.add(false)).isEmpty();
        assertThat(tally.add(true)).contains(true);
        assertThat(tally.add(false)).isEmpty();
        assertThat(tally.add(false)).contains(false);
    }
}
