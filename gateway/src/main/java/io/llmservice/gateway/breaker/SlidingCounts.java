package io.llmservice.gateway.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Good and bad of the last while, in ten buckets: what is counted is at most a tenth of the window too old. */
final class SlidingCounts {

    private static final int BUCKETS = 10;

    private final long bucketMillis;
    private final long[] totals = new long[BUCKETS];
    private final long[] bads = new long[BUCKETS];
    private long newest = Long.MIN_VALUE;

    SlidingCounts(Duration window) {
        bucketMillis = Math.max(1, window.toMillis() / BUCKETS);
    }

    void add(Instant now, boolean bad) {
        int index = advance(now);
        totals[index]++;
        if (bad) {
            bads[index]++;
        }
    }

    long total(Instant now) {
        advance(now);
        return Arrays.stream(totals).sum();
    }

    long bad(Instant now) {
        advance(now);
        return Arrays.stream(bads).sum();
    }

    /** Clears what has grown too old; a clock that was set back counts into the newest bucket. */
    private int advance(Instant now) {
        long bucket = Math.floorDiv(now.toEpochMilli(), bucketMillis);
        if (newest == Long.MIN_VALUE || bucket - newest >= BUCKETS) {
            Arrays.fill(totals, 0);
            Arrays.fill(bads, 0);
            newest = bucket;
        }
        while (newest < bucket) {
            newest++;
            int index = Math.floorMod(newest, BUCKETS);
            totals[index] = 0;
            bads[index] = 0;
        }
        return Math.floorMod(newest, BUCKETS);
    }
}
