package io.llmservice.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorHttpTest {
    private final Switch informers = new Switch("informers");
    private final Switch metricsApi = new Switch("metrics-api");
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private final OperatorHttp http = start();

    @BeforeEach
    void ready() {
        informers.state = ReadinessCheck.State.holds("synced");
        metricsApi.state = ReadinessCheck.State.holds("serving");
    }

    @AfterEach
    void stop() {
        http.close();
        client.close();
    }

    @Test
    void isReadyOnlyWhenEveryCheckHolds() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        metricsApi.state = ReadinessCheck.State.waiting("no certificate yet");

        HttpResponse<String> unready = get("/readyz");
        assertThat(unready.statusCode()).isEqualTo(503);
        assertThat(unready.body()).isEqualTo("""
                [+] informers: synced
                [-] metrics-api: no certificate yet
                not ready
                """);
    }

    @Test
    void isAliveWithoutBeingReady() throws Exception {
        informers.state = ReadinessCheck.State.waiting("syncing");

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusText() throws Exception {
        Counter.builder("llmservice.things").register(meters).increment(3);

        HttpResponse<String> metrics = get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).contains("llmservice_things_total 3.0");
    }

    @Test
    void everythingElseIsRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        HttpRequest post = request("/metrics")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    private OperatorHttp start() {
        try {
            return new OperatorHttp("127.0.0.1", 0, List.of(informers, metricsApi), meters);
        } catch (IOException unbound) {
            throw new IllegalStateException(unbound);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
    }

    private static final class Switch implements ReadinessCheck {
        private final String name;
        private volatile State state = State.waiting("new");

        Switch(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public State state() {
            return state;
        }
    }
}
