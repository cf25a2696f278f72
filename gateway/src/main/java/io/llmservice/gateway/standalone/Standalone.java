package io.llmservice.gateway.standalone;

import io.llmservice.gateway.Gateway;
import io.llmservice.gateway.GatewayOptions;
import io.llmservice.gateway.dispatch.Dispatch;
import io.llmservice.gateway.http.ServerLimits;
import io.llmservice.gateway.http.ServerOptions;
import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.upstream.HttpConnections;
import io.llmservice.gateway.upstream.HttpUpstreams;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
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
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Function<Routes, Dispatch> dispatch;
    private final Function<Routes, Admission> admission;
    private final UpstreamFactory cloud;

    /**
     * @param cloud the way to Bedrock and SageMaker
     */
    public Standalone(
            Function<Routes, Dispatch> dispatch, Function<Routes, Admission> admission, UpstreamFactory cloud) {
        this.dispatch = dispatch;
        this.admission = admission;
        this.cloud = cloud;
    }

    /** Starts, and returns when it serves; SIGTERM then drains and ends it. */
    public Gateway start(StandaloneArguments arguments) throws RoutesFileException {
        var routes = new Routes();
        var decides = dispatch.apply(routes);
        var admits = admission.apply(routes);
        routes.swap(RoutesFile.read(arguments.routes()));
        Vertx vertx = Vertx.vertx();
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        var options = new GatewayOptions(
                new ServerOptions(arguments.host(), arguments.port(), loops, ServerLimits.defaults()),
                arguments.adminPort(),
                Duration.ZERO,
                arguments.grace());
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var parts = new Gateway.Parts(routes, admits, decides, meters, () -> true);
        Gateway gateway = Gateway.start(vertx, options, parts, this::upstreams).await();
        UpstreamChecks.start(vertx, routes, CHECKS);
        LOG.atInfo()
                .addKeyValue("address", "http://" + arguments.host() + ":" + gateway.port() + "/v1")
                .addKeyValue("admin", "http://" + arguments.host() + ":" + gateway.adminPort())
                .log("gateway serves");
        return gateway;
    }

    /** Connections to anywhere: the file is its administrator's word. */
    private UpstreamFactory upstreams(Vertx loop) {
        var connections = new HttpConnections(loop, CONNECT, address -> true);
        return new HttpUpstreams(
                connections, connections, (namespace, key) -> EnvironmentSecrets.value(key, System.getenv()), cloud);
    }

    /** Ends the gateway in order when the process is asked to end. */
    public static void drainAtExit(Gateway gateway) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(() -> {
            try {
                gateway.drain();
            } catch (InterruptedException cut) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
