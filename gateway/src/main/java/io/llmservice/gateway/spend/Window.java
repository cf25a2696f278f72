package io.llmservice.gateway.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The windows of a budget, both in UTC. */
enum Window {
    HOUR(ChronoUnit.HOURS, 13),
    DAY(ChronoUnit.DAYS, 10);

    private final ChronoUnit unit;
    private final int letters;

    Window(ChronoUnit unit, int letters) {
        this.unit = unit;
        this.letters = letters;
    }

    /** Which hour or day, as reports name it: 2026-11-24T17 or 2026-11-24. */
    String key(Instant now) {
        return now.truncatedTo(unit).atOffset(ZoneOffset.UTC).toString().substring(0, letters);
    }

    /** Whole seconds to its end, at least one. */
    int secondsLeft(Instant now) {
        Instant end = now.truncatedTo(unit).plus(1, unit);
        return (int) Math.max(1, Math.ceilDiv(Duration.between(now, end).toMillis(), 1000L));
    }

    String word() {
        return this == HOUR ? "hour" : "day";
    }
}
