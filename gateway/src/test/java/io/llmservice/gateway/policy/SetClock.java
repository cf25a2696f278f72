package io.llmservice.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class SetClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-24T17:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }
}
