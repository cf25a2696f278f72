package io.llmservice.gateway.standalone;

import io.llmservice.gateway.Decisions;
import io.llmservice.gateway.Gateway;
import io.llmservice.gateway.GatewayOptions;
import io.llmservice.gateway.http.ServerOptions;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.upstream.HttpConnections;
import io.llmservice.gateway.upstream.HttpUpstreams;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway from a file of routes: everything is there but what decides, which is brought along. */
public final class Standalone {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
    private static final Duration CHECKS = Duration.ofSeconds(1);
    private static final long TICK_MILLIS = 1000;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Function<Routes, Decisions> decisions;
    private final Function<Vertx, UpstreamFactory> cloud;

    /**
     * @param decisions makes what decides around a table
     * @param cloud makes the way to Bedrock and SageMaker of one event loop, on it
     */
    public Standalone(Function<Routes, Decisions> decisions, Function<Vertx, UpstreamFactory> cloud) {
        this.decisions = decisions;
        this.cloud = cloud;
    }

    /** Starts, and returns when it serves; SIGTERM then drains and ends it. */
    public Gateway start(StandaloneArguments arguments, PrometheusMeterRegistry meters) throws RoutesFileException {
        var routes = new Routes();
        var decides = decisions.apply(routes);
        routes.swap(RoutesFile.read(arguments.routes()));
        Vertx vertx = Vertx.vertx();
        var options = new GatewayOptions(
                ServerOptions.defaults(arguments.host(), arguments.port()), arguments.adminPort(), arguments.grace());
        var parts = new Gateway.Parts(routes, decides.admission(), decides.dispatch(), meters, () -> true);
        Gateway gateway = Gateway.start(vertx, options, parts, this::upstreams).await();
        vertx.setPeriodic(TICK_MILLIS, tick -> decides.dispatch().tick());
        UpstreamChecks.start(vertx, routes, CHECKS);
        LOG.atInfo()
                .addKeyValue("address", "http://" + arguments.host() + ":" + gateway.port() + "/v1")
                .addKeyValue("admin", "http://" + arguments.host() + ":" + gateway.adminPort())
                .log("gateway serves");
        return gateway;
    }

    /** Connections to anywhere: the file is its administrator's word. */
    private UpstreamFactory upstreams(Vertx loop) {
        return new HttpUpstreams(
                new HttpConnections(loop, CONNECT),
                (namespace, key) -> EnvironmentSecrets.value(key, System.getenv()),
                FallbackPolicy.administratorsOwn(),
                cloud.apply(loop));
    }
}
