package io.llmservice.planner.sizing;

import java.util.Locale;

/** How numbers are written in a plan: the same everywhere, whatever the machine's locale. */
final class Figures {
    static final double GIB = 1L << 30;

    private Figures() {}

    /** {@code 16.4}. */
    static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** {@code 22.06}. */
    static String hundredth(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** {@code 65,536}. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 GPU}, {@code 8 GPUs}. */
    static String gpus(int count) {
        return count == 1 ? "1 GPU" : count + " GPUs";
    }

    /** {@code 5.67 $/h}. */
    static String price(double usdPerHour) {
        return hundredth(usdPerHour) + " $/h";
    }
}
