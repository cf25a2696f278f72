package io.llmservice.gateway.relay;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.fallback;
import static io.llmservice.gateway.testing.RunningGateway.pod;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.LlmServiceTarget;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";
    private static final String ASK_STREAM = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    private static final String ANSWER = "{\"id\":\"1\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}";
    private static final String BUSY_EVENT =
            "data: {\"error\":{\"message\":\"busy\",\"type\":\"Service Unavailable\",\"code\":503}}\n\n";

    enum Failure {
        RESET,
        HANGS_UP,
        STATUS_502,
        STATUS_503,
        STATUS_504,
        STATUS_429,
        ERROR_AS_FIRST_EVENT,
        SHUTTING_DOWN,
        REDIRECT,
        ENDLESS_HEADER,
        NO_HTTP,
        NO_EVENT
    }

    private static FakeUpstream failing(Failure failure) {
        return FakeUpstream.start((request, client) -> {
            switch (failure) {
                case RESET -> client.reset();
                case HANGS_UP -> client.hangUp();
                case STATUS_502 -> client.json(502, "{}");
                case STATUS_503 -> client.json(503, "{}");
                case STATUS_504 -> client.json(504, "{}");
                case STATUS_429 -> client.json(429, "{}");
                case ERROR_AS_FIRST_EVENT -> {
                    client.streamHead();
                    client.chunk(": keep-alive\n\n");
                    client.chunk(BUSY_EVENT + "data: [DONE]\n\n");
                    client.endChunks();
                }
                case SHUTTING_DOWN ->
                    client.json(500, "{\"error\":{\"message\":\"cannot schedule new futures after shutdown\"}}");
                case REDIRECT ->
                    client.raw("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
                case ENDLESS_HEADER -> {
                    client.raw("HTTP/1.1 200 OK\r\n");
                    for (int i = 0; i < 2000; i++) {
                        client.raw("X-Header-%d: %s\r\n".formatted(i, "v".repeat(100)));
                    }
                }
                case NO_HTTP -> {
                    client.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                    client.hangUp();
                }
                case NO_EVENT -> {
                    client.streamHead();
                    client.hangUp();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anotherPodAnswersForOneThatFails(Failure failure) throws Exception {
        boolean stream = failure == Failure.ERROR_AS_FIRST_EVENT || failure == Failure.NO_EVENT;
        try (var failing = failing(failure);
                var healthy = stream
                        ? FakeUpstream.streaming("data: {\"n\":1}\n\n", "data: [DONE]\n\n")
                        : FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", failing, healthy))) {
            HttpResponse<String> answer = gateway.post(CHAT, stream ? ASK_STREAM : ASK);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(stream ? "data: {\"n\":1}\n\ndata: [DONE]\n\n" : ANSWER);
            assertThat(answer.headers().firstValue("x-llmservice-upstream")).contains("pod");
            assertThat(healthy.received().getFirst().body()).endsWith("\"messages\":[]}");
            await().until(() -> gateway.dispatch().ended().size() == 2);
            assertThat(gateway.dispatch().outcomes().getLast()).isEqualTo(Outcome.ANSWERED);
            assertThat(gateway.dispatch().outcomes().getFirst())
                    .isEqualTo(
                            switch (failure) {
                                case STATUS_503, STATUS_429, ERROR_AS_FIRST_EVENT -> Outcome.BUSY;
                                case SHUTTING_DOWN -> Outcome.GOING;
                                default -> Outcome.FAILED_BEFORE_FIRST_BYTE;
                            });
            assertThat(gateway.admission().used()).hasSize(1);
        }
    }

    @Test
    void aPodThatIsNotThereIsPassedBy() throws Exception {
        var gone = FakeUpstream.answering(200, "{}");
        gone.close();
        try (var healthy = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", gone, healthy))) {
            for (int i = 0; i < 30; i++) {
                assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422, 500})
    void whatTheModelRefusesIsTheClientsToRead(int status) throws Exception {
        String error = "{\"error\":{\"message\":\"no such thing\"}}";
        try (var pod = FakeUpstream.answering(status, error);
                var other = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", pod, other))) {
            HttpResponse<String> answer = gateway.post(CHAT, ASK);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(error);
            await().until(() -> gateway.dispatch().ended().size() == 1);
            assertThat(gateway.dispatch().outcomes())
                    .containsExactly(status == 500 ? Outcome.FAILED_BEFORE_FIRST_BYTE : Outcome.ANSWERED);
        }
    }

    @Test
    void aPodThatIsBeingDeletedMayFailAsItLikes() throws Exception {
        try (var healthy = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start();
                var deleted = FakeUpstream.start((request, client) -> {
                    ServiceRoute known = gateway.routes().table().services().getFirst();
                    var pods = List.of(
                            pod("pod-0", known.pods().get(0).port(), true),
                            known.pods().get(1));
                    gateway.routes().swap(RouteTable.of(List.of(with(known, pods))));
                    client.json(500, "{}");
                })) {
            gateway.routes().swap(RouteTable.of(List.of(service("m", deleted, healthy))));

            assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(200);
            await().until(() -> gateway.dispatch().ended().size() == 2);
            assertThat(gateway.dispatch().outcomes()).containsExactly(Outcome.GOING, Outcome.ANSWERED);
        }
    }

    @Test
    void aTargetAnswersWhenNoPodCan() throws Exception {
        try (var pod = FakeUpstream.answering(503, "{}");
                var vendor = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", fallback(vendor), GatewaySpec.defaults(), pod))) {
            HttpResponse<String> answer = gateway.post(
                    CHAT,
                    ASK,
                    "authorization",
                    "Bearer client-key",
                    "cookie",
                    "c=1",
                    "x-llmservice-upstream",
                    "me",
                    "x-request-id",
                    "r-1");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-llmservice-upstream")).contains("vendor-0");
            assertThat(answer.headers().firstValue("x-llmservice-fallback-reason"))
                    .contains("NoReadyReplicas");
            FakeUpstream.Received sent = vendor.received().getFirst();
            assertThat(sent.body()).isEqualTo("{\"model\":\"vendor-model\",\"messages\":[]}");
            assertThat(sent.head().toLowerCase(Locale.ROOT))
                    .startsWith("post /v1/chat/completions http/1.1")
                    .contains("authorization: bearer vendor-key", "x-team: search", "x-request-id: r-1")
                    .contains("host: 127.0.0.1:" + vendor.port())
                    .doesNotContain("client-key", "cookie", "x-llmservice");
            assertThat(pod.received().getFirst().head()).doesNotContain("client-key");
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "429", "500", "503"})
    void aTargetThatRefusesTheGatewayIsPassedBy(int status) throws Exception {
        try (var broken = FakeUpstream.answering(status, "{\"error\":{\"message\":\"your key is wrong\"}}");
                var working = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", fallback(broken, working), GatewaySpec.defaults()))) {
            assertThat(gateway.post(CHAT, ASK).headers().firstValue("x-llmservice-upstream"))
                    .contains("vendor-1");
        }
    }

    @Test
    void aSiblingsPodAnswersUnderItsOwnModelsName() throws Exception {
        try (var sibling = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(
                        service("m", toService("small"), GatewaySpec.defaults()), service("small", sibling))) {
            HttpResponse<String> answer = gateway.post(CHAT, ASK);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-llmservice-upstream")).contains("sibling");
            assertThat(sibling.received().getFirst().body()).isEqualTo("{\"model\":\"small\",\"messages\":[]}");
            await().until(() -> gateway.dispatch().ended().size() == 2);
            assertThat(gateway.dispatch().outcomes()).containsExactly(Outcome.ANSWERED, Outcome.ANSWERED);
        }
    }

    @Test
    void servicesThatPointAtEachOtherEndInARefusal() throws Exception {
        try (var gateway = RunningGateway.start(
                service("a", toService("b"), GatewaySpec.defaults()),
                service("b", toService("a"), GatewaySpec.defaults()),
                service("self", toService("self"), GatewaySpec.defaults()))) {
            assertThat(gateway.post(CHAT, ASK.replace("\"m\"", "\"a\"")).statusCode())
                    .isEqualTo(503);
            assertThat(gateway.post(CHAT, ASK.replace("\"m\"", "\"self\"")).statusCode())
                    .isEqualTo(503);
            assertThat(gateway.dispatch().begun())
                    .isEqualTo(gateway.dispatch().ended().size());
        }
    }

    @Test
    void anOutageIsNotAmplified() throws Exception {
        try (var first = FakeUpstream.answering(503, "{}");
                var second = FakeUpstream.answering(503, "{}");
                var third = FakeUpstream.answering(502, "{}");
                var gateway = RunningGateway.start(service("m", first, second, third))) {
            int requests = 100;
            for (int i = 0; i < requests; i++) {
                HttpResponse<String> answer = gateway.post(CHAT, ASK);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("retry-after")).contains("5");
                assertThat(answer.headers().firstValue("x-should-retry")).contains("true");
            }
            int attempts = first.received().size()
                    + second.received().size()
                    + third.received().size();
            assertThat(attempts).isBetween(requests, requests * 12 / 10);
        }
    }

    @Test
    void theTargetsArePaidForByTheirOwnBudgetNotByThatOfRetries() throws Exception {
        try (var pod = FakeUpstream.answering(503, "{}");
                var vendor = FakeUpstream.answering(200, ANSWER);
                var gateway = RunningGateway.start(service("m", fallback(vendor), GatewaySpec.defaults(), pod))) {
            for (int i = 0; i < 30; i++) {
                assertThat(gateway.post(CHAT, ASK).statusCode()).isEqualTo(200);
            }
        }
    }

    private static Optional<FallbackSpec> toService(String name) {
        return fallbackTo(new LlmServiceTarget(name));
    }

    @SuppressWarnings("NullAway") // the constructors fill in what is left out
    private static Optional<FallbackSpec> fallbackTo(LlmServiceTarget service) {
        var target = new FallbackTarget("sibling", null, null, null, service, null, null, null);
        return Optional.of(new FallbackSpec(null, List.of(target), null, null, null, null));
    }

    private static ServiceRoute with(ServiceRoute route, List<PodEndpoint> pods) {
        return new ServiceRoute(
                route.key(),
                route.uid(),
                route.model(),
                route.created(),
                route.mode(),
                route.fallback(),
                route.gateway(),
                pods,
                60,
                Map.of());
    }
}
