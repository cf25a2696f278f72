package io.llmservice.planner.vllm;

/** What a renderer asks of a version before it relies on it; the versions were read from the releases themselves. */
public enum EngineFeature {
    /** {@code --shutdown-timeout}: running requests may finish after SIGTERM. */
    SHUTDOWN_TIMEOUT("0.18", ""),
    /** {@code --max-num-queued-reqs}: beyond so many requests in flight, new ones get 503 instead of queueing. */
    BOUNDED_QUEUE("0.29", ""),
    /** {@code --max-num-queued-tokens}: a bound on the prompt tokens that wait for their prefill. */
    BOUNDED_QUEUE_TOKENS("0.29", ""),
    /** bitsandbytes weights load without the separate vllm-bnb-plugin. */
    BUILT_IN_BITSANDBYTES("", "0.27"),
    /** GGUF weights load without a plugin. */
    BUILT_IN_GGUF("", "0.23"),
    /** {@code --load-format runai_streamer}: weights stream from object storage. */
    RUNAI_STREAMER("0.18", ""),
    /** Several nodes without Ray: {@code --nnodes}, {@code --node-rank}, {@code --master-addr}. */
    NODES_WITHOUT_RAY("0.18", ""),
    /** {@code --quantization fp8_per_tensor} and its siblings quantize a 16-bit checkpoint while it loads. */
    ONLINE_QUANTIZATION_SHORTHANDS("0.20", ""),
    /** {@code --sse-keep-alive-interval}: a comment line keeps an idle stream open through proxies. */
    SSE_KEEP_ALIVE("0.29", ""),
    /** {@code --log-level} and {@code --logging-config}. */
    LOG_LEVEL_FLAG("0.31", "");

    private final String since;
    private final String until;

    EngineFeature(String since, String until) {
        this.since = since;
        this.until = until;
    }

    boolean in(EngineVersion version) {
        return VersionRange.of(since, until).contains(version);
    }
}
