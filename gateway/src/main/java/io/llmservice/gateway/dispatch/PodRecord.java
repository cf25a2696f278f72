package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.choice.PodHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one replica knows of one pod. Its service's lock guards it, but for the sign of life. */
final class PodRecord {

    /** Gauges older than this say nothing. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** A cache as full as this makes what waits wait for others to finish. */
    private static final double NEARLY_FULL = 0.9;

    final int handle;
    final Set<PodAttempt> awaited = new LinkedHashSet<>();
    PodHealth health = PodHealth.In.NEW;
    Attempt.Outcome last = Attempt.Outcome.ANSWERED;
    int outstanding;
    private @Nullable PodGauges gauges;
    private int others;
    private Instant lastSign;
    private volatile boolean sign;

    PodRecord(int handle, Instant now) {
        this.handle = handle;
        lastSign = now;
    }

    /** Keeps the gauges, and how many of the pod's requests are not ours. */
    void take(PodGauges next) {
        gauges = next;
        others = Math.max(0, next.running() + next.waiting() - outstanding);
    }

    Optional<PodGauges> gauges(Instant now) {
        return Optional.ofNullable(gauges)
                .filter(known -> now.isBefore(known.at().plus(FRESH)));
    }

    /** Requests that it has: ours as we know them, others' as it last said; what waits in a full cache counts twice. */
    double load(Instant now) {
        return outstanding
                + gauges(now)
                        .map(known -> others + (known.cacheUsage() >= NEARLY_FULL ? (double) known.waiting() : 0))
                        .orElse(0.0);
    }

    /** Bytes of an answer came; from any thread. */
    void sign() {
        // Read first: the flag stays set for many chunks, and a write would take the cache line away from other
        // threads.
        if (!sign) {
            sign = true;
        }
    }

    void sign(Instant now) {
        lastSign = now;
    }

    /** Whether it was sent a stream that long ago and has given no sign of life since. */
    boolean silent(Instant now, Duration noTokenAfter) {
        if (sign) {
            sign = false;
            lastSign = now;
        }
        Iterator<PodAttempt> oldest = awaited.iterator();
        return oldest.hasNext()
                && !now.isBefore(oldest.next().begun().plus(noTokenAfter))
                && !now.isBefore(lastSign.plus(noTokenAfter));
    }
}
