package io.llmservice.planner.sizing;

/** What one replica must carry at once: so many requests, each with so many tokens in and out. */
public record Workload(int inputTokens, int outputTokens, int concurrency) {
    public static final Workload DEFAULT = new Workload(1024, 256, 8);

    public Workload {
        if (inputTokens <= 0 || outputTokens <= 0 || concurrency <= 0) {
            throw new IllegalArgumentException("input tokens, output tokens and concurrency must be above 0");
        }
    }

    /** Tokens that a request holds when it ends. */
    public long tokensPerRequest() {
        return (long) inputTokens + outputTokens;
    }

    public Workload withConcurrency(int other) {
        return new Workload(inputTokens, outputTokens, other);
    }
}
