package io.llmservice.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodGaugePollerTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final ServiceKey CHAT = new ServiceKey("team", "chat");
    private static final PodGaugePoller.Bounds FAST =
            new PodGaugePoller.Bounds(Duration.ofMillis(20), Duration.ofSeconds(2), 4, 10_000);

    private final Routes routes = new Routes();
    private final Map<String, PodGauges> heard = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final HttpServer server;
    private @Nullable PodGaugePoller poller;

    PodGaugePollerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            var text = "vllm:num_requests_running 1\nvllm:num_requests_waiting %d\n".formatted(waiting.get());
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write(text.getBytes(UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        if (poller != null) {
            poller.close();
        }
        server.stop(0);
    }

    private static PodEndpoint pod(String name, int port, boolean ready) {
        return new PodEndpoint(name, "uid-" + name, "127.0.0.1", port, ready, false);
    }

    private void serve(PodEndpoint... pods) {
        routes.swap(RouteTable.of(List.of(new ServiceRoute(
                CHAT,
                "uid",
                "chat",
                "",
                FallbackMode.AUTOMATIC,
                Optional.empty(),
                GatewaySpec.defaults(),
                List.of(pods),
                60,
                Map.of()))));
    }

    private void start() {
        poller = PodGaugePoller.start(
                routes,
                (service, uid, gauges) -> {
                    assertThat(service).isEqualTo(CHAT);
                    heard.put(uid, gauges);
                },
                FAST,
                () -> NOW);
    }

    private void awaitWaiting(int count) {
        await().until(() -> Optional.ofNullable(heard.get("uid-a"))
                .filter(gauges -> gauges.waiting() == count)
                .isPresent());
    }

    @Test
    void podIsAskedAgainAndAgain() {
        serve(pod("a", server.getAddress().getPort(), true));
        start();
        awaitWaiting(0);
        waiting.set(7);
        awaitWaiting(7);
        assertThat(heard.get("uid-a")).isEqualTo(new PodGauges(1, 7, 0, NOW));
    }

    @Test
    void podThatIsNotReadyIsLeftAlone() {
        serve(
                pod("a", server.getAddress().getPort(), true),
                pod("b", server.getAddress().getPort(), false));
        start();
        awaitWaiting(0);
        waiting.set(1);
        awaitWaiting(1);
        assertThat(heard).containsOnlyKeys("uid-a");
    }

    /** One pod refuses, one is silent, one never stops talking: the others are heard all the same. */
    @Test
    void podsThatDoNotAnswerHoldNobodyUp() throws IOException {
        var endless = endless();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int refusing;
            try (var closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                refusing = closed.getLocalPort();
            }
            serve(
                    pod("a", server.getAddress().getPort(), true),
                    pod("b", refusing, true),
                    pod("c", silent.getLocalPort(), true),
                    pod("d", endless.getAddress().getPort(), true));
            start();
            awaitWaiting(0);
            waiting.set(3);
            awaitWaiting(3);
            assertThat(heard).containsOnlyKeys("uid-a");
        } finally {
            endless.stop(0);
        }
    }

    private static HttpServer endless() throws IOException {
        var endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endless.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                while (true) {
                    body.write("vllm:num_requests_running 1\n".getBytes(UTF_8));
                }
            } catch (IOException hungUp) {
                // As it should be.
            }
        });
        endless.start();
        return endless;
    }
}
