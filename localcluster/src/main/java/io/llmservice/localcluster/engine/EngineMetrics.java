package io.llmservice.localcluster.engine;

import io.llmservice.localcluster.engine.PrometheusText.Histogram;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What the engine counts, under the names and labels of vLLM 0.20 and later. */
final class EngineMetrics {
    private static final List<String> REASONS = List.of("stop", "length", "abort", "error", "repetition");

    private final AtomicLong promptTokens = new AtomicLong();
    private final AtomicLong generatedTokens = new AtomicLong();
    private final AtomicLong prefixQueries = new AtomicLong();
    private final AtomicLong prefixHits = new AtomicLong();
    private final Map<String, AtomicLong> finished = new LinkedHashMap<>();

    // The bounds are those of vLLM's v1/metrics/buckets.py, of which these are enough to tell fast from slow.
    private final Histogram firstToken = new Histogram(
            0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);
    private final Histogram interToken = new Histogram(
            0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80);
    private final Histogram endToEnd = latency();
    private final Histogram queued = latency();
    private final Histogram inference = latency();
    private final Histogram promptSizes = sizes();
    private final Histogram answerSizes = sizes();

    EngineMetrics() {
        REASONS.forEach(reason -> finished.put(reason, new AtomicLong()));
    }

    void prompt(int tokens, int cached) {
        promptTokens.addAndGet(tokens);
        prefixQueries.addAndGet(tokens);
        prefixHits.addAndGet(cached);
    }

    void token() {
        generatedTokens.incrementAndGet();
    }

    void queued(Duration wait) {
        queued.observe(seconds(wait));
    }

    void firstToken(Duration sinceArrival) {
        firstToken.observe(seconds(sinceArrival));
    }

    void nextToken(Duration sinceLast) {
        interToken.observe(seconds(sinceLast));
    }

    /** A request that came to its end; one whose client left is counted nowhere, as in vLLM 0.32. */
    void finished(String reason, int promptSize, int answerSize, Duration sinceArrival, Duration sinceScheduled) {
        AtomicLong count = finished.get(reason);
        if (count == null) {
            throw new IllegalArgumentException("no reason to finish: " + reason);
        }
        count.incrementAndGet();
        endToEnd.observe(seconds(sinceArrival));
        inference.observe(seconds(sinceScheduled));
        promptSizes.observe(promptSize);
        answerSizes.observe(answerSize);
    }

    String text(EngineOptions options, Scheduler.Load load) {
        Map<String, String> labels = Map.of("engine", "0", "model_name", options.servedName());
        PrometheusText text = new PrometheusText(labels);
        text.gauge("vllm:num_requests_running", "Number of requests that run.", load.running())
                .gauge("vllm:num_requests_waiting", "Number of requests that wait.", load.waiting())
                .gauges(
                        "vllm:num_requests_waiting_by_reason",
                        "Number of requests that wait, by what for.",
                        "reason",
                        ordered("capacity", load.waiting(), "deferred", 0))
                .gauge("vllm:kv_cache_usage_perc", "Share of the KV cache in use, 1 for all.", load.cacheUsage())
                .counter("vllm:prefix_cache_queries_total", "Prompt tokens looked up.", prefixQueries.get())
                .counter("vllm:prefix_cache_hits_total", "Prompt tokens found in the cache.", prefixHits.get())
                .counter("vllm:num_preemptions_total", "Preemptions.", load.preemptions())
                .counter("vllm:prompt_tokens_total", "Prompt tokens read.", promptTokens.get())
                .counter("vllm:generation_tokens_total", "Tokens written.", generatedTokens.get())
                .counters("vllm:request_success_total", "Requests that ended.", "finished_reason", finishedCounts())
                .histogram("vllm:request_prompt_tokens", "Prompt tokens of a request.", promptSizes)
                .histogram("vllm:request_generation_tokens", "Tokens written for a request.", answerSizes)
                .histogram("vllm:time_to_first_token_seconds", "Time to the first token.", firstToken)
                .histogram("vllm:inter_token_latency_seconds", "Time between tokens.", interToken)
                .histogram("vllm:e2e_request_latency_seconds", "Time of a whole request.", endToEnd)
                .histogram("vllm:request_queue_time_seconds", "Time that a request waited.", queued)
                .histogram("vllm:request_inference_time_seconds", "Time that a request ran.", inference)
                .info("vllm:cache_config_info", "Information of the LLMEngine CacheConfig", cache(options));
        String rejected = new PrometheusText(Map.of("model_name", options.servedName()))
                .counters(
                        "vllm:admission_rejections_total",
                        "Requests refused by a full queue.",
                        "reason",
                        ordered("max_num_queued_reqs", (double) load.rejections(), "max_num_queued_tokens", 0))
                .toString();
        return text + (options.limits().inFlight().isPresent() ? rejected : "");
    }

    private static Map<String, String> cache(EngineOptions options) {
        return Map.of(
                "block_size", Integer.toString(options.limits().blockSize()),
                "num_gpu_blocks",
                        Integer.toString(options.limits().cacheTokens()
                                / options.limits().blockSize()),
                "kv_cache_size_tokens", Integer.toString(options.limits().cacheTokens()),
                "kv_cache_max_concurrency",
                        Double.toString((double) options.limits().cacheTokens()
                                / options.limits().context()),
                "gpu_memory_utilization", Double.toString(options.limits().memoryUtilization()),
                "cache_dtype", "auto",
                "enable_prefix_caching", "True");
    }

    private Map<String, Double> finishedCounts() {
        Map<String, Double> counts = new LinkedHashMap<>();
        finished.forEach((reason, count) -> counts.put(reason, (double) count.get()));
        return counts;
    }

    private static Map<String, Double> ordered(String first, double one, String second, double two) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(first, one);
        values.put(second, two);
        return values;
    }

    private static Histogram latency() {
        return new Histogram(
                0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680);
    }

    private static Histogram sizes() {
        return new Histogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
