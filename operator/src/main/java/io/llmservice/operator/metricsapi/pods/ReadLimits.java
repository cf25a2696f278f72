package io.llmservice.operator.metricsapi.pods;

import java.time.Duration;

/**
 * How long, how much and how often pods are read.
 *
 * @param perRead deadline for one pod, from connecting to the last byte
 * @param perRequest deadline for all pods of one query; what has not answered by then is left out
 * @param parallelReads reads under way at once, over all queries
 * @param cacheFor how long an answer (or a failure) serves further queries
 * @param maxBytes longest body that is read
 */
public record ReadLimits(Duration perRead, Duration perRequest, int parallelReads, Duration cacheFor, long maxBytes) {

    /** vLLM's own page is some 100 KB; the HPA gives its whole sync 15 seconds and asks for each metric in turn. */
    public static final ReadLimits DEFAULTS =
            new ReadLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), 64, Duration.ofSeconds(1), 4L << 20);

    public ReadLimits {
        if (!perRead.isPositive() || perRequest.compareTo(perRead) < 0) {
            throw new IllegalArgumentException("a request needs at least the positive time of one read");
        }
        if (parallelReads < 1 || cacheFor.isNegative() || maxBytes < 1) {
            throw new IllegalArgumentException("parallel reads and bytes are at least 1, caching not negative");
        }
    }
}
