package io.llmservice.bench;

import java.util.Collection;

/** Percentiles of measured times. */
final class Figures {

    private final long[] sorted;

    private Figures(long[] sorted) {
        this.sorted = sorted;
    }

    static Figures of(Collection<Long> values) {
        return new Figures(values.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /** The value below which {@code percent} of the values lie; 0 if there are none. */
    long percentile(double percent) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * percent / 100))];
    }

    int count() {
        return sorted.length;
    }
}
