package io.llmservice.gateway.relay;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.TimeoutsSpec;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RawClient;
import io.llmservice.gateway.testing.RunningGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // the constructors fill in what is left out
class StreamTest {

    private static final String ASK = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    private static final String WITH_USAGE =
            "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":22,\"prompt_tokens_details\":{\"cached_tokens\":8}}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void usageIsAskedForAndHiddenFromWhoDidNotAsk() throws Exception {
        try (var pod = FakeUpstream.streaming(TOKEN, TOKEN, USAGE, DONE);
                var gateway = RunningGateway.start(service("m", pod))) {
            assertThat(gateway.post(CHAT, ASK).body()).isEqualTo(TOKEN + TOKEN + DONE);
            assertThat(pod.received().getFirst().body())
                    .isEqualTo("{\"stream_options\":{\"include_usage\":true}," + ASK.substring(1));
            await().until(() -> gateway.dispatch().ended().size() == 1);
            assertThat(gateway.dispatch().ended().getFirst().usage()).isEqualTo(new Usage(11, 22, false));
            assertThat(gateway.admission().used()).containsExactly(new Usage(11, 22, false));
            assertThat(gateway.dispatch().firstTokens()).isEqualTo(1);
        }
    }

    @Test
    void usageIsShownToWhoAsked() throws Exception {
        try (var pod = FakeUpstream.streaming(TOKEN, USAGE, DONE);
                var gateway = RunningGateway.start(service("m", pod))) {
            assertThat(gateway.post(CHAT, WITH_USAGE).body()).isEqualTo(TOKEN + USAGE + DONE);
            assertThat(pod.received().getFirst().body()).isEqualTo(WITH_USAGE);
            await().until(() -> gateway.admission().used().contains(new Usage(11, 22, false)));
        }
    }

    @Test
    void cutsInTheMiddleOfAnythingMakeNoDifference() throws Exception {
        String stream = TOKEN + USAGE.replace("data", ": ping\r\n\r\ndata") + TOKEN + DONE;
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    for (String letter : stream.split("", -1)) {
                        if (!letter.isEmpty()) {
                            client.chunk(letter);
                        }
                    }
                    client.endChunks();
                });
                var gateway = RunningGateway.start(service("m", pod))) {
            assertThat(gateway.post(CHAT, ASK).body()).isEqualTo(TOKEN + ": ping\r\n\r\n" + TOKEN + DONE);
            await().until(() -> gateway.admission().used().contains(new Usage(11, 22, false)));
        }
    }

    @Test
    void textThatLooksLikeUsageIsText() throws Exception {
        String fake =
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":9}, \\\"choices\\\":[]\"}}]}\n\n";
        try (var pod = FakeUpstream.streaming(fake, TOKEN, DONE);
                var gateway = RunningGateway.start(service("m", pod))) {
            assertThat(gateway.post(CHAT, ASK).body()).isEqualTo(fake + TOKEN + DONE);
            await().until(() -> gateway.admission().used().size() == 1);
            assertThat(gateway.admission().used().getFirst().estimated()).isTrue();
        }
    }

    @Test
    void eachTokenIsSentAtOnce() throws Exception {
        var next = new CountDownLatch(1);
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    client.chunk(TOKEN);
                    arrived(next);
                    client.chunk(DONE);
                    client.endChunks();
                });
                var gateway = RunningGateway.start(service("m", pod));
                var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, ASK)).readUntil(TOKEN);
            next.countDown();
            client.readUntil(DONE);
        }
    }

    @Test
    void aStreamThatBreaksEndsWithAnErrorEvent() throws Exception {
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    client.chunk(TOKEN + "data: {\"choices\":[{\"del");
                    client.hangUp();
                });
                var gateway = RunningGateway.start(service("m", pod))) {
            String body = gateway.post(CHAT, ASK).body();

            assertThat(body)
                    .startsWith(TOKEN + "data: {\"error\":{\"message\":")
                    .endsWith("}}\n\n");
            await().until(() -> gateway.dispatch().outcomes().contains(Outcome.FAILED_MIDWAY));
        }
    }

    @Test
    void anAnswerThatIsNoStreamAndBreaksIsCut() throws Exception {
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.raw(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":");
                    client.hangUp();
                });
                var gateway = RunningGateway.start(service("m", pod));
                var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, "{\"model\":\"m\"}"));

            assertThat(client.readToEnd()).contains("content-length: 1000").doesNotContain("error");
            await().until(() -> gateway.dispatch().outcomes().contains(Outcome.FAILED_MIDWAY));
        }
    }

    @Test
    void silenceEndsAStream() throws Exception {
        var spec = new GatewaySpec(null, null, null, new TimeoutsSpec("10m", "200ms"), null, null);
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    client.chunk(TOKEN);
                    client.awaitHangUp();
                });
                var gateway = RunningGateway.start(service("m", Optional.empty(), spec, pod))) {
            assertThat(gateway.post(CHAT, ASK).body()).contains("spec.gateway.timeouts.idle");
        }
    }

    @Test
    void aWholeRequestHasItsTime() throws Exception {
        var spec = new GatewaySpec(null, null, null, new TimeoutsSpec("200ms", "60s"), null, null);
        try (var pod = FakeUpstream.start((request, client) -> client.awaitHangUp());
                var gateway = RunningGateway.start(service("m", Optional.empty(), spec, pod))) {
            var answer = gateway.post(CHAT, "{\"model\":\"m\"}");

            assertThat(answer.statusCode()).isIn(503, 504);
            await().until(() -> gateway.dispatch().ended().size() == 1);
        }
    }

    @Test
    void aClientThatLeavesEndsTheWork() throws Exception {
        var left = new CountDownLatch(1);
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    client.chunk(TOKEN);
                    client.awaitHangUp();
                    left.countDown();
                });
                var gateway = RunningGateway.start(service("m", pod))) {
            try (var client = gateway.raw()) {
                client.send(RawClient.post(CHAT, ASK)).readUntil(TOKEN);
            }
            arrived(left);
            await().until(() -> gateway.dispatch().outcomes().contains(Outcome.CANCELLED));
            assertThat(gateway.admission().used()).hasSize(1);
        }
    }

    @Test
    void aClientThatLeavesBeforeTheFirstByteEndsTheWorkToo() throws Exception {
        var asked = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        try (var pod = FakeUpstream.start((request, client) -> {
                    asked.countDown();
                    client.awaitHangUp();
                    left.countDown();
                });
                var gateway = RunningGateway.start(service("m", pod))) {
            try (var client = gateway.raw()) {
                client.send(RawClient.post(CHAT, "{\"model\":\"m\"}"));
                arrived(asked);
            }
            arrived(left);
            await().until(() -> gateway.dispatch().outcomes().contains(Outcome.CANCELLED));
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheModelBack() throws Exception {
        var sent = new AtomicLong();
        String event = "data: " + "x".repeat(16_000) + "\n\n";
        long all = 20_000;
        try (var pod = FakeUpstream.start((request, client) -> {
                    client.streamHead();
                    for (int i = 0; i < all; i++) {
                        client.chunk(event);
                        sent.incrementAndGet();
                    }
                    client.endChunks();
                });
                var gateway = RunningGateway.start(service("m", pod));
                var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, WITH_USAGE)).readUntil("data: x");

            // Socket buffers take a few megabytes; then nothing moves although 320 are to come.
            var before = new AtomicLong();
            await().pollInterval(Duration.ofMillis(100))
                    .during(Duration.ofMillis(500))
                    .until(() -> {
                        long now = sent.get();
                        return before.getAndSet(now) == now;
                    });
            assertThat(sent.get() * event.length()).isLessThan(64_000_000);
        }
    }

    @Test
    void largeBodiesArriveUnchanged() throws Exception {
        String large = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "ä1".repeat(1_000_000) + "\"}]}";
        try (var pod = FakeUpstream.answering(200, "{}");
                var gateway = RunningGateway.start(service("m", pod))) {
            assertThat(gateway.post(CHAT, large).statusCode()).isEqualTo(200);
            assertThat(pod.received().getFirst().body().equals(large)).isTrue();
        }
    }

    @Test
    void connectionsToPodsAreKept() throws Exception {
        try (var pod = FakeUpstream.answering(200, "{}");
                var gateway = RunningGateway.start(service("m", pod))) {
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.post(CHAT, "{\"model\":\"m\"}").statusCode()).isEqualTo(200);
            }
            assertThat(pod.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aKeptConnectionThatIsDeadIsNoErrorOfTheClients() throws Exception {
        try (var once = FakeUpstream.start(new OncePerConnection());
                var gateway = RunningGateway.start(service("once", once))) {
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.post(CHAT, "{\"model\":\"once\"}").statusCode())
                        .isEqualTo(200);
            }
            assertThat(gateway.dispatch().outcomes()).containsOnly(Outcome.ANSWERED);
        }
    }

    /** Answers the first request of a connection, and resets it at the second as a server does that timed out. */
    private static final class OncePerConnection implements FakeUpstream.Script {
        private final Set<FakeUpstream.Client> seen = ConcurrentHashMap.newKeySet();

        @Override
        public void answer(FakeUpstream.Received request, FakeUpstream.Client client) throws IOException {
            if (seen.add(client)) {
                client.json(200, "{}");
            } else {
                client.reset();
            }
        }
    }

    private static void arrived(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException cut) {
            throw new IllegalStateException(cut);
        }
    }
}
