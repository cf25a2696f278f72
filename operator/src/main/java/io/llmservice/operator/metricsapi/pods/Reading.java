package io.llmservice.operator.metricsapi.pods;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What came of asking one pod for its metrics. */
public sealed interface Reading {

    Instant at();

    /** The pod answered. */
    record Answered(Instant at, List<Sample> samples) implements Reading {
        public Answered {
            samples = List.copyOf(samples);
        }

        /** The pod's value over the time series whose labels match; empty if there is none. */
        public OptionalDouble value(Gauge gauge, Selector series) {
            return gauge.fold(samples.stream()
                    .filter(sample -> sample.gauge() == gauge && series.matches(sample.labels()))
                    .mapToDouble(Sample::value));
        }
    }

    /** The pod did not answer, or with nothing that could be used. */
    record Failed(Instant at, Failure failure) implements Reading {}

    /** Why a read gave nothing; also the {@code outcome} label of the operator's own metric. */
    enum Failure {
        TIMEOUT,
        UNREACHABLE,
        STATUS,
        TOO_LARGE,
        MALFORMED,
        /** Too many reads at once, this one never began. */
        SATURATED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
