package io.llmservice.gateway.relay;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.fallback;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RawClient;
import io.llmservice.gateway.testing.RunningGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManyRequestsTest {

    private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ASK = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    private static final int REQUESTS = 300;

    /** Fails in every tenth request, each time in another way. */
    private static void unsteady(AtomicInteger count, FakeUpstream.Client client) throws IOException {
        int number = count.incrementAndGet();
        switch (number % 40) {
            case 0 -> client.reset();
            case 10 -> client.json(503, "{}");
            default -> {
                client.streamHead();
                for (int i = 0; i < 20; i++) {
                    if (i == 10 && number % 40 == 20) {
                        client.reset();
                        return;
                    }
                    client.chunk(EVENT);
                }
                client.chunk(DONE);
                client.endChunks();
            }
        }
    }

    @Test
    void everyAttemptAndEveryPermitEndsOnceWhateverHappens() throws Exception {
        var count = new AtomicInteger();
        var whole = new AtomicInteger();
        var cut = new AtomicInteger();
        try (var one = FakeUpstream.start((request, client) -> unsteady(count, client));
                var two = FakeUpstream.start((request, client) -> unsteady(count, client));
                var vendor = FakeUpstream.streaming(EVENT, DONE);
                var gateway = RunningGateway.start(service("m", fallback(vendor), GatewaySpec.defaults(), one, two))) {
            var answers = new ArrayList<Future<?>>();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < REQUESTS; i++) {
                    boolean leaves = new Random(i).nextInt(5) == 0;
                    answers.add(clients.submit(() -> ask(gateway, leaves, whole, cut)));
                }
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
            await().untilAsserted(() -> {
                assertThat(gateway.admission().used()).hasSize(REQUESTS);
                assertThat(gateway.dispatch().ended())
                        .hasSize(gateway.dispatch().begun());
            });
            int admin = gateway.gateway().adminPort();
            await().untilAsserted(() ->
                    assertThat(gateway.get(admin, "/metrics").body()).contains("llmservice_gateway_open_requests 0"));
            assertThat(whole.get() + cut.get())
                    .as("no client but those that left got less")
                    .isEqualTo(REQUESTS);
            assertThat(whole.get()).isGreaterThan(REQUESTS / 2);
        }
    }

    private static @Nullable Void ask(RunningGateway gateway, boolean leaves, AtomicInteger whole, AtomicInteger cut)
            throws IOException {
        try (var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, ASK).replace("Host: gateway", "Host: gateway\r\nConnection: close"));
            if (leaves) {
                client.readUntil("\r\n\r\n");
                cut.incrementAndGet();
                return null;
            }
            String answer = client.readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 200");
            (answer.contains(DONE) ? whole : cut).incrementAndGet();
            assertThat(answer.contains(DONE) || answer.contains("upstream_failed"))
                    .isTrue();
            return null;
        }
    }
}
