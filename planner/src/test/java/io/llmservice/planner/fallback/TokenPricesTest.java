package io.llmservice.planner.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.TokenPrice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tokens of a target are taken to cost. */
class TokenPricesTest {

    private final TokenPrices prices = TokenPrices.shipped();

    @Test
    void whatTheSpecSaysWins() {
        var own = new TokenPrice(0.5, 0.7);

        assertThat(prices.of(target("meta.llama3-1-8b-instruct-v1:0", "us-east-1", BedrockEndpoint.RUNTIME, own)))
                .contains(own);
    }

    @Test
    void aModelOnBedrockHasItsListPriceByIdProfileOrArn() {
        assertThat(prices.of(listed("meta.llama3-1-8b-instruct-v1:0"))).contains(new TokenPrice(0.00022, 0.00022));
        assertThat(prices.of(listed("us.anthropic.claude-haiku-4-5-20251001-v1:0")))
                .contains(new TokenPrice(0.0011, 0.0055));
        assertThat(prices.of(listed("arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-1-8b-instruct-v1:0")))
                .contains(new TokenPrice(0.00022, 0.00022));
    }

    @Test
    void anEndpointOfItsOwnPriceIsTold() {
        assertThat(prices.of(target("anthropic.claude-sonnet-5-5", null, BedrockEndpoint.MANTLE, null)))
                .contains(new TokenPrice(0.0022, 0.011));
    }

    @Test
    void whatIsNotListedHasNoPriceRatherThanAGuess() {
        assertThat(prices.of(listed("eu.anthropic.claude-haiku-4-5-20251001-v1:0")))
                .isEmpty();
        assertThat(prices.of(listed("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/x1")))
                .isEmpty();
    }

    private static FallbackTarget listed(String modelId) {
        return target(modelId, "us-east-1", BedrockEndpoint.RUNTIME, null);
    }

    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    private static FallbackTarget target(
            String modelId, @Nullable String region, BedrockEndpoint endpoint, @Nullable TokenPrice price) {
        var bedrock = new BedrockTarget(modelId, region, null, endpoint);
        return new FallbackTarget("bedrock", null, bedrock, null, null, null, null, price);
    }
}
