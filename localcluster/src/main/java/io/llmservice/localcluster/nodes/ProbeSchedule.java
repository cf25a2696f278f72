package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a probe is made and when its answers count, with the API's defaults. */
record ProbeSchedule(
        Duration initialDelay, Duration period, Duration timeout, int successThreshold, int failureThreshold) {
    static ProbeSchedule of(Probe probe) {
        return new ProbeSchedule(
                Duration.ofSeconds(orDefault(probe.getInitialDelaySeconds(), 0)),
                Duration.ofSeconds(orDefault(probe.getPeriodSeconds(), 10)),
                Duration.ofSeconds(orDefault(probe.getTimeoutSeconds(), 1)),
                orDefault(probe.getSuccessThreshold(), 1),
                orDefault(probe.getFailureThreshold(), 3));
    }

    private static int orDefault(@Nullable Integer value, int otherwise) {
        return Optional.ofNullable(value).orElse(otherwise);
    }

    /** Counts answers in a row. */
    static final class Tally {
        private final ProbeSchedule schedule;
        private boolean last;
        private int inARow;

        Tally(ProbeSchedule schedule) {
            this.schedule = schedule;
        }

        /** Takes an answer; the verdict, once enough answers in a row agree, else empty. */
        Optional<Boolean> add(boolean success) {
            inARow = success == last ? inARow + 1 : 1;
            last = success;
            int needed = success ? schedule.successThreshold() : schedule.failureThreshold();
            return inARow >= needed ? Optional.of(success) : Optional.empty();
        }
    }
}
