package io.llmservice.gateway.http;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RawClient;
import io.llmservice.gateway.testing.RunningGateway;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GatewayServerTest {

    private static final String ASK = "{\"model\":\"m\"}";

    @Test
    void listsTheModelsThatAKeyMaySee() throws Exception {
        try (var pod = FakeUpstream.answering(200, "{}");
                var gateway = RunningGateway.start(
                        ServerLimits.defaults(), Optional.of("sesame"), service("b", pod), service("a", pod))) {
            String all = "{\"object\":\"list\",\"data\":["
                    + "{\"id\":\"a\",\"object\":\"model\",\"created\":1795478400,\"owned_by\":\"default\"},"
                    + "{\"id\":\"b\",\"object\":\"model\",\"created\":1795478400,\"owned_by\":\"default\"}]}";

            assertThat(gateway.get(gateway.port(), "/v1/models", "authorization", "Bearer sesame")
                            .body())
                    .isEqualTo(all);
            assertThat(gateway.get(gateway.port(), "/v1/models").body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
            assertThat(gateway.get(gateway.port(), "/default/b/v1/models", "x-api-key", "sesame")
                            .body())
                    .contains("\"b\"")
                    .doesNotContain("\"a\"");
            assertThat(gateway.get(gateway.port(), "/v1/models/a", "x-api-key", "sesame")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post(CHAT, "{\"model\":\"a\"}").statusCode()).isEqualTo(401);
            assertThat(gateway.post(CHAT, "{\"model\":\"x\"}").body()).doesNotContain("a, b");
        }
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() throws Exception {
        try (var pod = FakeUpstream.answering(200, "{}");
                var gateway = RunningGateway.start(service("m", pod), service("n", pod))) {
            var model = gateway.post(CHAT, "{\"model\":\"gpt\"}");
            assertThat(model.statusCode()).isEqualTo(404);
            assertThat(model.body())
                    .isEqualTo(
                            "{\"error\":{\"message\":\"There is no model of that name. There are: m, n.\",\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}");
            assertThat(gateway.post(CHAT, "{}").body()).contains("'model' is missing");
            assertThat(gateway.post("/v1/chat", ASK).statusCode()).isEqualTo(404);
            assertThat(gateway.post("/v1/chat", ASK).body()).contains("/v1/chat/completions", "\"error\"");
            assertThat(gateway.get(gateway.port(), CHAT).statusCode()).isEqualTo(405);
            assertThat(gateway.get(gateway.port(), CHAT).headers().firstValue("allow"))
                    .contains("POST");
            assertThat(gateway.post("/default/m" + CHAT, "{}").statusCode()).isEqualTo(200);
            assertThat(gateway.post("/default/other" + CHAT, "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void healthReadinessAndMetricsHaveAPortOfTheirOwn() throws Exception {
        try (var pod = FakeUpstream.answering(200, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");
                var gateway = RunningGateway.start(service("m", pod))) {
            int admin = gateway.gateway().adminPort();
            assertThat(gateway.post(CHAT, "{\"model\":\"m\",\"messages\":[\"my prompt\"]}")
                            .statusCode())
                    .isEqualTo(200);

            assertThat(gateway.get(admin, "/healthz").statusCode()).isEqualTo(200);
            assertThat(gateway.get(admin, "/readyz").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(
                            gateway.get(admin, "/metrics").body())
                    .contains("llmservice_gateway_requests_total{", "status=\"200\"", "upstream=\"pod\"")
                    .contains("llmservice_gateway_tokens_total{direction=\"output\"")
                    .contains("llmservice_gateway_open_requests 0")
                    .doesNotContain("my prompt"));
        }
    }

    @Test
    void aStreamFinishesWhileTheGatewayCloses() throws Exception {
        var closing = new CountDownLatch(1);
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    client.chunk("data: {\"n\":1}\n\n");
                    try {
                        closing.await();
                    } catch (InterruptedException cut) {
                        throw new IllegalStateException(cut);
                    }
                    client.chunk("data: [DONE]\n\n");
                    client.endChunks();
                });
                var gateway = RunningGateway.start(service("m", pod));
                var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, "{\"model\":\"m\",\"stream\":true}"))
                    .readUntil("{\"n\":1}\n\n");
            Thread drain = Thread.ofVirtual().start(() -> {
                try {
                    gateway.gateway().drain();
                } catch (InterruptedException cut) {
                    throw new IllegalStateException(cut);
                }
            });
            await().untilAsserted(() -> assertThat(gateway.get(gateway.gateway().adminPort(), "/readyz")
                            .statusCode())
                    .isEqualTo(503));

            closing.countDown();

            client.readUntil("data: [DONE]\n\n");
            drain.join();
        }
    }
}
