package io.llmservice.operator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code /healthz}, {@code /readyz} and {@code /metrics} without encryption for the kubelet and Prometheus. */
public final class OperatorHttp implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    /** The Prometheus exposition format that {@link PrometheusMeterRegistry#scrape()} writes. */
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ReadinessCheck> checks;
    private final PrometheusMeterRegistry meters;

    /**
     * Listens from the moment it is made.
     *
     * @param port 0 takes any free port, see {@link #port()}
     * @throws IOException if the address cannot be bound
     */
    public OperatorHttp(String bindAddress, int port, List<ReadinessCheck> checks, PrometheusMeterRegistry meters)
            throws IOException {
        ServerLimits.apply();
        this.checks = List.copyOf(checks);
        this.meters = meters;
        this.server = HttpServer.create(new InetSocketAddress(bindAddress, port), 0);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" ->
                    send(exchange, answerTo(exchange.getRequestURI().getPath()));
                default -> send(exchange, new Answer(405, TEXT, "only GET and HEAD are served\n"));
            }
        }
    }

    private Answer answerTo(String path) {
        return switch (path) {
            case "/healthz", "/livez" -> new Answer(200, TEXT, "ok\n");
            case "/readyz" -> readiness();
            case "/metrics" -> new Answer(200, EXPOSITION, meters.scrape());
            default -> new Answer(404, TEXT, "not found\n");
        };
    }

    private Answer readiness() {
        boolean ready = true;
        StringBuilder body = new StringBuilder();
        for (ReadinessCheck check : checks) {
            ReadinessCheck.State state = check.state();
            ready &= state.ready();
            body.append(state.ready() ? "[+] " : "[-] ")
                    .append(check.name())
                    .append(": ")
                    .append(state.detail())
                    .append('\n');
        }
        body.append(ready ? "ready\n" : "not ready\n");
        return new Answer(ready ? 200 : 503, TEXT, body.toString());
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.code(), -1);
        } else {
            exchange.sendResponseHeaders(answer.code(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Answer(int code, String contentType, String body) {}
}
