package io.llmservice.gateway.limits;

import java.time.Instant;

/** A bucket that holds what may be used in a minute and fills at that rate; it may go into debt, and pays it back first. */
final class TokenBucket {

    private static final double MILLIS_A_MINUTE = 60_000;

    private double perMinute;
    private double level;
    private Instant filled;

    TokenBucket(double perMinute, Instant now) {
        this.perMinute = perMinute;
        level = perMinute;
        filled = now;
    }

    /** Fills it up to now, at a rate that may have changed; what was used stays used. */
    void fill(double rate, Instant now) {
        double millis = Math.max(0, now.toEpochMilli() - filled.toEpochMilli());
        double used = perMinute - level;
        perMinute = rate;
        level = Math.min(perMinute, perMinute - used + millis * perMinute / MILLIS_A_MINUTE);
        filled = now;
    }

    /** Whether so much is there; of more than the bucket holds, a full one is enough, or it would never be let in. */
    boolean holds(double amount) {
        return perMinute > 0 && level >= Math.min(amount, perMinute) - 1e-9;
    }

    /** Takes, or gives back if negative. */
    void take(double amount) {
        level = Math.min(perMinute, level - amount);
    }

    /** Whole seconds until so much is there, at least one. */
    int secondsUntil(double amount) {
        if (perMinute <= 0) {
            return 60;
        }
        double missing = Math.min(amount, perMinute) - level;
        return (int) Math.clamp(Math.ceil(missing * 60 / perMinute), 1, 3600);
    }
}
