package io.llmservice.gateway.limits;

import io.llmservice.api.v1alpha1.RateLimits;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One set of limits and what was used of it: those of a service, or of a key. Its service's lock guards it. */
final class Meter {

    /** What a meter is for, as messages say it: {@code this model} or {@code API key x}. */
    private final String whose;

    private final TokenBucket requests;
    private final TokenBucket tokens;
    private RateLimits limits = new RateLimits(null, null, null);
    private int replicas = 1;
    private int streams;
    private Instant lastUsed;

    Meter(String whose, RateLimits limits, int replicas, Instant now) {
        this.whose = whose;
        requests = new TokenBucket(share(limits.requestsPerMinute(), replicas), now);
        tokens = new TokenBucket(share(limits.tokensPerMinute(), replicas), now);
        lastUsed = now;
    }

    /** Brings it up to now, and to limits that may have changed. */
    void refresh(RateLimits newLimits, int newReplicas, Instant now) {
        limits = newLimits;
        replicas = newReplicas;
        requests.fill(share(limits.requestsPerMinute(), replicas), now);
        tokens.fill(share(limits.tokensPerMinute(), replicas), now);
        lastUsed = now;
    }

    /** What keeps a request out, if anything does. */
    Optional<Exceeded> exceeded(boolean stream, long estimate) {
        if (limits.requestsPerMinute() != null && !requests.holds(1)) {
            return Optional.of(new Exceeded(
                    limits.requestsPerMinute() + " requests a minute for " + whose, requests.secondsUntil(1)));
        }
        if (limits.tokensPerMinute() != null && !tokens.holds((double) estimate)) {
            return Optional.of(new Exceeded(
                    limits.tokensPerMinute() + " tokens a minute for " + whose,
                    tokens.secondsUntil((double) estimate)));
        }
        if (stream && limits.concurrentStreams() != null && streams >= share(limits.concurrentStreams())) {
            return Optional.of(new Exceeded(limits.concurrentStreams() + " streams at once for " + whose, 1));
        }
        return Optional.empty();
    }

    void take(boolean stream, long estimate) {
        // What is not limited must leave no debt for when it is.
        if (limits.requestsPerMinute() != null) {
            requests.take(1);
        }
        if (limits.tokensPerMinute() != null) {
            tokens.take((double) estimate);
        }
        streams += stream ? 1 : 0;
    }

    /** The request is over; used differs from the estimate as a rule. */
    void settle(boolean stream, long estimate, long used) {
        if (limits.tokensPerMinute() != null) {
            tokens.take((double) used - estimate);
        }
        streams -= stream ? 1 : 0;
    }

    /** Whether nothing would be lost with it. */
    boolean idle(Instant now) {
        return streams == 0 && now.isAfter(lastUsed.plusSeconds(3600));
    }

    /** A stream is whole: each replica allows its share rounded up. */
    private int share(int limit) {
        return Math.ceilDiv(limit, replicas);
    }

    /** A bucket must hold one request at least, or a small limit would let nothing in. */
    private static double share(@Nullable Number limit, int replicas) {
        if (limit == null || limit.doubleValue() == 0) {
            return 0;
        }
        return Math.max(1, limit.doubleValue() / replicas);
    }

    /**
     * A limit that is reached.
     *
     * @param limit which, in words
     * @param seconds when there is room again
     */
    record Exceeded(String limit, int seconds) {}
}
