package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.standins.bedrock.BedrockStandIn;
import io.llmservice.standins.dataplane.Answers;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chat completion through the real SDK to Bedrock's Converse, and its answer. */
class BedrockConverseTest {

    private static final Vertx VERTX = Vertx.vertx();

    private BedrockStandIn bedrock;
    private AwsUpstreams upstreams;

    @BeforeEach
    void start() {
        bedrock = BedrockStandIn.start();
        upstreams = new AwsUpstreams(
                VERTX,
                AwsEnvironment.of(
                        Map.of("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", bedrock.url().toString())),
                Aws.CREDENTIALS,
                new AnswerHeads(InstantSource.system(), new Random(1)));
    }

    @AfterEach
    void stop() {
        upstreams.close();
        bedrock.close();
    }

    @AfterAll
    static void stopVertx() {
        Asked.await(VERTX.close().toCompletionStage().toCompletableFuture());
    }

    private Upstream upstream() {
        return upstreams.target(Aws.service(), Aws.bedrock(BedrockDialect.CONVERSE));
    }

    @Test
    void aStreamArrivesInChunksOfOpenAi() {
        bedrock.behaviour().answer(new Answers("Hallo,", 12));

        var response = Asked.head(VERTX, upstream(), Asked.request("""
                {"model": "llama", "stream": true, "stream_options": {"include_usage": true},
                 "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}
                """));
        var events = Asked.events(response);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("content-type")).isEqualTo("text/event-stream");
        assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(Asked.content(events)).isEqualTo("Hallo, the quick brown fox jumps over größte Hunde と 🦊 the");
        assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(events.stream().map(event -> event.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(events.stream().map(event -> event.path("model").asText()).distinct())
                .containsExactly("llama");
        assertThat(bedrock.lastRequest().at("/system/0/text").asText()).isEqualTo("Be brief.");
    }
}
