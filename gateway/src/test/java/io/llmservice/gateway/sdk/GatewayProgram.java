package io.llmservice.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.localcluster.engine.EngineExitException;
import io.llmservice.localcluster.engine.EngineSimulator;
import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.LoopbackPorts;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The gateway as a process of its own in front of a simulated engine. Its models: {@code chat}; {@code failing-over},
 * whose pods are dead; {@code cold}, which is dead without a fallback; {@code locked}, which wants a key.
 */
final class GatewayProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EngineSimulator engine;
    private final ChildProcess program;
    private final int port;
    private final String key;

    private GatewayProgram(EngineSimulator engine, ChildProcess program, int port, String key) {
        this.engine = engine;
        this.program = program;
        this.port = port;
        this.key = key;
    }

    static GatewayProgram start(Path directory) throws IOException, EngineExitException {
        var engine = EngineSimulator.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of("chat", "--served-model-name", "chat", "failing-over", "locked"),
                Map.of("SIMULATOR_LOAD_SECONDS", "0", "SIMULATOR_FIRST_TOKEN_SECONDS", "0.01"));
        int upstream = engine.ready().toCompletableFuture().join().getPort();
        List<Integer> ports = LoopbackPorts.free(3);
        Path routes = Files.writeString(directory.resolve("routes.yaml"), routes(upstream, ports.get(2)));
        String key = UUID.randomUUID().toString();
        var spec = new ProgramSpec(
                "gateway", command(routes, ports), Map.of("CLIENTS", "alice=" + key), directory, log(directory));
        var program = ChildProcess.start(spec, new RunDirectory(directory.resolve("run")));
        var gateway = new GatewayProgram(engine, program, ports.get(0), key);
        gateway.awaitReady(ports.get(1));
        return gateway;
    }

    /** Base address as SDKs take it. */
    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    /** The only key that lets a client at {@code locked}. */
    String key() {
        return key;
    }

    private static List<String> command(Path routes, List<Integer> ports) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.llmservice.gateway.Main",
                "--port",
                ports.get(0).toString(),
                "--admin-port",
                ports.get(1).toString(),
                "--routes",
                routes.toString());
    }

    private static String routes(int upstream, int dead) {
        return """
                models:
                - {name: chat, upstreams: ["http://127.0.0.1:%1$d"]}
                - name: failing-over
                  upstreams: ["http://127.0.0.1:%2$d"]
                  fallback: {targets: [{name: spare, openAi: {url: "http://127.0.0.1:%1$d/v1", model: chat}}]}
                - {name: cold, upstreams: ["http://127.0.0.1:%2$d"]}
                - name: locked
                  upstreams: ["http://127.0.0.1:%1$d"]
                  gateway: {apiKeys: {secretRef: {name: clients}}}
                """.formatted(upstream, dead);
    }

    private static Path log(Path directory) {
        return directory.resolve("gateway.log");
    }

    private void awaitReady(int adminPort) {
        try (var http = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/readyz"))
                    .build();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                assertThat(program.isAlive()).isTrue();
                return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            });
        } catch (RuntimeException late) {
            String log = program.logTail(20);
            close();
            throw new IllegalStateException("the gateway does not become ready; the end of its log:\n" + log, late);
        }
    }

    @Override
    public void close() {
        program.close();
        engine.close();
    }
}
