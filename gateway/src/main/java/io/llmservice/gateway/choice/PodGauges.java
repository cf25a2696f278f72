package io.llmservice.gateway.choice;

import java.time.Instant;

/**
 * What a pod says of itself.
 *
 * @param running requests that it works on (vllm:num_requests_running)
 * @param waiting requests that wait in it (vllm:num_requests_waiting)
 * @param cacheUsage use of its KV cache, 0 to 1 (vllm:kv_cache_usage_perc)
 * @param at when it said so
 */
public record PodGauges(int running, int waiting, double cacheUsage, Instant at) {

    public PodGauges {
        running = Math.max(0, running);
        waiting = Math.max(0, waiting);
        cacheUsage = Double.isNaN(cacheUsage) ? 0 : Math.clamp(cacheUsage, 0, 1);
    }
}
