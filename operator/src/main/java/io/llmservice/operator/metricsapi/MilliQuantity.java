package io.llmservice.operator.metricsapi;

import java.util.List;

/**
 * A Kubernetes quantity in steps of a thousandth, the finest that the HPA computes with.
 *
 * @param millis thousandths, not negative
 */
record MilliQuantity(long millis) {
    private static final List<String> SUFFIXES = List.of("m", "", "k", "M", "G", "T", "P");

    MilliQuantity {
        if (millis < 0) {
            throw new IllegalArgumentException("a gauge is not negative");
        }
    }

    /** The nearest thousandth; what is too large to be counted so becomes the largest that can. */
    static MilliQuantity of(double value) {
        return new MilliQuantity(Math.round(value * 1_000));
    }

    /** The canonical form: the largest suffix that leaves a whole number, as in {@code 457m}, {@code 12} and {@code 2k}. */
    String text() {
        if (millis == 0) {
            return "0";
        }
        long number = millis;
        int suffix = 0;
        while (number % 1_000 == 0) {
            number /= 1_000;
            suffix++;
        }
        return number + SUFFIXES.get(suffix);
    }
}
