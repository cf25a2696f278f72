package io.llmservice.gateway.choice;

import java.time.Instant;

/**
 * What a pod says of its own load.
 *
 * @param running requests in the batch
 * @param waiting requests in the queue
 * @param cacheUsage share of the KV cache in use, 0 to 1
 * @param at when it was read
 */
public record PodGauges(int running, int waiting, double cacheUsage, Instant at) {}
