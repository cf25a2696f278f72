package io.llmservice.gateway.spend;

import io.llmservice.api.v1alpha1.TokenPrice;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;

/**
 * What something costs.
 *
 * @param microUsd millionths of a USD, rounded up
 * @param tokens prompt and answer together
 */
public record Cost(long microUsd, long tokens) {

    static final Cost NONE = new Cost(0, 0);

    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int USUAL_ANSWER = 1000;

    /** What a request may cost: its prompt by its characters, and all the answer that it allows. */
    static Usage estimate(RequestScan scan) {
        long input = Math.ceilDiv(scan.promptCharacters(), CHARACTERS_PER_TOKEN);
        return new Usage(input, Math.max(0, scan.maxTokens().orElse(USUAL_ANSWER)), true);
    }

    static Cost of(Usage usage, TokenPrice price) {
        double usd =
                usage.inputTokens() * price.inputPer1000() / 1000 + usage.outputTokens() * price.outputPer1000() / 1000;
        return new Cost((long) Math.ceil(usd * 1_000_000), usage.total());
    }

    Cost plus(Cost other) {
        return new Cost(microUsd + other.microUsd, tokens + other.tokens);
    }

    Cost minus(Cost other) {
        return new Cost(microUsd - other.microUsd, tokens - other.tokens);
    }
}
