package io.llmservice.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmservice.gateway.relay.Answers;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}, on a port that clients have no business with. */
public final class AdminServer {

    private static final String TEXT = "text/plain; charset=utf-8";
    /** The Prometheus exposition format that {@link PrometheusMeterRegistry#scrape()} writes. */
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final BooleanSupplier ready;
    private final OpenRequests open;

    /**
     * @param ready whether the routes are known
     */
    public AdminServer(PrometheusMeterRegistry meters, BooleanSupplier ready, OpenRequests open) {
        this.meters = meters;
        this.ready = ready;
        this.open = open;
    }

    /** Listens; the future has the server, and with it the port. */
    public Future<HttpServer> listen(Vertx vertx, String host, int port) {
        var options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(60)
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options).requestHandler(this::answer).listen();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path() == null ? "" : request.path()) {
            case "/healthz", "/livez" -> Answers.send(response, 200, TEXT, "ok\n".getBytes(UTF_8));
            case "/readyz" -> readiness(response);
            case "/metrics" ->
                Answers.send(response, 200, EXPOSITION, meters.scrape().getBytes(UTF_8));
            default ->
                Answers.send(
                        response, 404, TEXT, "not found; there are /healthz, /readyz and /metrics\n".getBytes(UTF_8));
        }
    }

    private void readiness(HttpServerResponse response) {
        if (open.isDraining()) {
            Answers.send(response, 503, TEXT, "closing\n".getBytes(UTF_8));
        } else if (!ready.getAsBoolean()) {
            Answers.send(response, 503, TEXT, "the routes are not known yet\n".getBytes(UTF_8));
        } else {
            Answers.send(response, 200, TEXT, "ok\n".getBytes(UTF_8));
        }
    }
}
