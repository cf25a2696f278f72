package io.llmservice.gateway.breaker;

import java.time.Instant;

/** What the breaker learns of one attempt at a pod. */
public final class Watch {

    final Instant begun;
    final boolean probe;
    final boolean streamed;
    private final Breaker breaker;
    private final Evidence evidence;
    boolean overdue;
    private boolean token;
    private boolean ended;

    Watch(Breaker breaker, Evidence evidence, Instant begun, boolean probe, boolean streamed) {
        this.breaker = breaker;
        this.evidence = evidence;
        this.begun = begun;
        this.probe = probe;
        this.streamed = streamed;
    }

    /** The first token came. */
    public void firstToken(Instant now) {
        if (token || ended) {
            return;
        }
        token = true;
        evidence.awaited(this, now, streamed);
        if (probe) {
            breaker.probed(this, Result.GOOD, now);
        }
    }

    /** It is over; what is said a second time is ignored. */
    public void end(Result result, Instant now) {
        if (ended) {
            return;
        }
        ended = true;
        evidence.awaited(this, now, false);
        switch (result) {
            case GOOD -> evidence.result(now, false);
            case BAD -> evidence.result(now, true);
            case FULL, UNKNOWN -> {}
        }
        if (probe) {
            breaker.probed(this, result, now);
        }
    }

    /** How an attempt went, as far as the pods are concerned. */
    public enum Result {
        GOOD,
        BAD,
        /** Refused because the pod is full: no failure, but no probe that succeeded either. */
        FULL,
        /** Says nothing of the pods. */
        UNKNOWN
    }
}
