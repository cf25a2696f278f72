package io.llmservice.gateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.llmservice.gateway.Decisions;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.NoCloud;
import io.llmservice.gateway.testing.RawClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class StandaloneTest {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"content\":\"my secret prompt\"}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private StandaloneArguments arguments(String routes) throws Exception {
        Path file = Files.writeString(directory.resolve("routes.yaml"), routes);
        return StandaloneArguments.parse(
                new String[] {"--port", "0", "--admin-port", "0", "--routes", file.toString()});
    }

    private static Standalone standalone() {
        return new Standalone(
                routes ->
                        Decisions.around(routes, "test", route -> Optional.empty(), () -> 1, (service, snapshot) -> {}),
                loop -> new NoCloud());
    }

    private static String ask(int port, String body) throws Exception {
        try (var client = new RawClient(port)) {
            return client.send(RawClient.post("/v1/chat/completions", body)
                            .replace("Host: gateway", "Host: gateway\r\nConnection: close"))
                    .readToEnd();
        }
    }

    @Test
    void servesTheModelsOfAFileAndLeavesOutServersThatAreGone() throws Exception {
        try (var vendor = FakeUpstream.answering(200, "{\"by\":\"vendor\"}");
                var pod = FakeUpstream.answering(200, "{\"by\":\"pod\"}")) {
            String routes =
                    "models: [{name: m, upstreams: ['%s'], fallback: {targets: [{name: v, openAi: {url: '%s/v1'}}]}}]"
                            .formatted(pod.url(), vendor.url());
            try (var gateway =
                    standalone().start(arguments(routes), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
                assertThat(ask(gateway.port(), ASK)).contains("{\"by\":\"pod\"}");

                pod.stop();

                assertThat(ask(gateway.port(), ASK)).contains("{\"by\":\"vendor\"}");
            }
        }
    }

    @Test
    void noPromptIsInTheLogHoweverThingsGo() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.llmservice");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        try (var liar = FakeUpstream.start((request, client) -> {
                    client.raw("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + request.body());
                    client.reset();
                });
                var gateway = standalone()
                        .start(
                                arguments("models: [{name: m, upstreams: ['%s']}]".formatted(liar.url())),
                                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            ask(gateway.port(), ASK);
            ask(gateway.port(), ASK.replace("}]", ""));
            ask(gateway.port(), ASK.replace("\"m\"", "\"my secret prompt\""));

            await().until(() -> !log.list.isEmpty());
            assertThat(log.list)
                    .allSatisfy(event -> assertThat(event.getFormattedMessage()
                                    + event.getKeyValuePairs()
                                    + (event.getThrowableProxy() == null
                                            ? ""
                                            : event.getThrowableProxy().getMessage()))
                            .doesNotContain("secret"));
        } finally {
            root.detachAppender(log);
            ours.setLevel(Level.INFO);
        }
    }

    @Test
    void theCommandLineSaysWhatIsWrong() {
        assertThatThrownBy(() -> StandaloneArguments.parse(new String[] {"--prot", "1"}))
                .hasMessageContaining("unknown argument --prot; there are --routes");
        assertThatThrownBy(() -> StandaloneArguments.parse(new String[] {"--port", "1"}))
                .hasMessageContaining("--routes FILE is missing");
        assertThatThrownBy(() -> StandaloneArguments.parse(new String[] {"--routes", "f", "--port", "x"}))
                .hasMessageContaining("--port must be a number");
        assertThatThrownBy(() -> StandaloneArguments.parse(new String[] {"--routes"}))
                .hasMessageContaining("--routes needs a value");
    }
}
