package io.llmservice.gateway;

import io.llmservice.gateway.dispatch.Dispatch;
import io.llmservice.gateway.http.AdminServer;
import io.llmservice.gateway.http.GatewayServer;
import io.llmservice.gateway.http.OpenRequests;
import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.metrics.GatewayMeters;
import io.llmservice.gateway.relay.RelayParts;
import io.llmservice.gateway.relay.RetryBudgets;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that serves: its doors, and what they lead to. Made of parts that others bring. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Vertx vertx;
    private final GatewayOptions options;
    private final OpenRequests open;
    private final int port;
    private final int adminPort;

    private Gateway(Vertx vertx, GatewayOptions options, OpenRequests open, int port, int adminPort) {
        this.vertx = vertx;
        this.options = options;
        this.open = open;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * Starts one.
     *
     * @param vertx ended with the gateway
     * @param parts what decides
     * @param upstreams makes the ways to pods and targets of one event loop, on it
     */
    public static Future<Gateway> start(
            Vertx vertx, GatewayOptions options, Parts parts, Function<Vertx, UpstreamFactory> upstreams) {
        var open = new OpenRequests();
        Gauge.builder("llmservice.gateway.open.requests", open, OpenRequests::count)
                .register(parts.meters());
        var relayed = new RelayParts(
                parts.routes(),
                parts.admission(),
                parts.dispatch(),
                new RetryBudgets(),
                new GatewayMeters(parts.meters()));
        Future<HttpServer> admin = new AdminServer(parts.meters(), parts.ready(), open)
                .listen(vertx, options.server().host(), options.adminPort());
        Future<Integer> server = GatewayServer.listen(vertx, options.server(), relayed, upstreams, open);
        return Future.all(admin, server)
                .map(both -> new Gateway(
                        vertx, options, open, server.result(), admin.result().actualPort()));
    }

    public int port() {
        return port;
    }

    public int adminPort() {
        return adminPort;
    }

    /**
     * Closes as SIGTERM asks for: says that it is not ready, and lets requests in hand finish within the grace. Blocks until that is done.
     */
    public void drain() throws InterruptedException {
        open.drain();
        LOG.atInfo().addKeyValue("open", open.count()).log("closing, requests in hand may finish");
        long end = System.nanoTime() + options.grace().toNanos();
        while (open.count() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        close();
    }

    /** Ends at once. */
    @Override
    public void close() {
        vertx.close().await();
    }

    /**
     * What decides.
     *
     * @param ready whether the routes are known
     */
    public record Parts(
            Routes routes,
            Admission admission,
            Dispatch dispatch,
            PrometheusMeterRegistry meters,
            BooleanSupplier ready) {}
}
