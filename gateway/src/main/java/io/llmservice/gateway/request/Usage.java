package io.llmservice.gateway.request;

/**
 * Tokens of one answer.
 *
 * @param inputTokens of the prompt
 * @param outputTokens of the answer
 * @param estimated whether the upstream did not say and they were counted from characters and chunks
 */
public record Usage(long inputTokens, long outputTokens, boolean estimated) {

    public static final Usage NONE = new Usage(0, 0, false);

    public long total() {
        return inputTokens + outputTokens;
    }
}
