package io.llmservice.gateway.testing;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.gateway.Gateway;
import io.llmservice.gateway.GatewayOptions;
import io.llmservice.gateway.http.ServerLimits;
import io.llmservice.gateway.http.ServerOptions;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.HttpConnections;
import io.llmservice.gateway.upstream.HttpUpstreams;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A gateway on free ports, with fakes for what decides. */
public final class RunningGateway implements AutoCloseable {

    public static final String CHAT = "/v1/chat/completions";

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeDispatch dispatch = new FakeDispatch();
    private final FakeAdmission admission;
    private final Routes routes = new Routes();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Gateway gateway;

    private RunningGateway(ServerLimits limits, Optional<String> key, Duration grace) {
        admission = new FakeAdmission(key);
        var options = new GatewayOptions(new ServerOptions("127.0.0.1", 0, 2, limits), 0, grace);
        var parts = new Gateway.Parts(
                routes, admission, dispatch, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), ready::get);
        gateway = Gateway.start(
                        Vertx.vertx(),
                        options,
                        parts,
                        loop -> new HttpUpstreams(
                                new HttpConnections(loop, Duration.ofSeconds(2)),
                                (namespace, reference) -> Optional.of("vendor-key"),
                                FallbackPolicy.administratorsOwn(),
                                new NoCloud()))
                .await();
    }

    public static RunningGateway start(ServiceRoute... routes) {
        return start(ServerLimits.defaults(), Optional.empty(), routes);
    }

    public static RunningGateway start(ServerLimits limits, Optional<String> key, ServiceRoute... routes) {
        var gateway = new RunningGateway(limits, key, Duration.ofSeconds(10));
        gateway.routes.swap(RouteTable.of(List.of(routes)));
        return gateway;
    }

    public int port() {
        return gateway.port();
    }

    public Gateway gateway() {
        return gateway;
    }

    public FakeDispatch dispatch() {
        return dispatch;
    }

    public FakeAdmission admission() {
        return admission;
    }

    public Routes routes() {
        return routes;
    }

    public RawClient raw() throws IOException {
        return new RawClient(port());
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(int port, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A service with pods at these upstreams. */
    public static ServiceRoute service(String model, FakeUpstream... pods) {
        return service(model, Optional.empty(), GatewaySpec.defaults(), pods);
    }

    public static ServiceRoute service(
            String model, Optional<FallbackSpec> fallback, GatewaySpec spec, FakeUpstream... pods) {
        var endpoints = new ArrayList<PodEndpoint>();
        for (FakeUpstream pod : pods) {
            endpoints.add(pod("pod-" + endpoints.size(), pod.port(), false));
        }
        return new ServiceRoute(
                new ServiceKey("default", model),
                "uid-" + model,
                model,
                "2026-11-24T00:00:00Z",
                FallbackMode.AUTOMATIC,
                fallback,
                spec,
                endpoints,
                60,
                Map.of());
    }

    public static PodEndpoint pod(String name, int port, boolean draining) {
        return new PodEndpoint(name, "uid-" + name, "127.0.0.1", port, true, draining);
    }

    /** A fallback of OpenAI-compatible targets at these upstreams, which know a model {@code vendor-model}. */
    @SuppressWarnings("NullAway") // the constructors fill in what is left out
    public static Optional<FallbackSpec> fallback(FakeUpstream... targets) {
        var all = new ArrayList<FallbackTarget>();
        for (FakeUpstream target : targets) {
            var reference = new io.llmservice.api.v1alpha1.SecretKeyReference("vendor", "key");
            var openAi = new OpenAiTarget(target.url() + "/v1", "vendor-model", reference, Map.of("x-team", "search"));
            all.add(new FallbackTarget("vendor-" + all.size(), null, null, openAi, null, null, null, null));
        }
        return Optional.of(new FallbackSpec(null, all, null, null, null, null));
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}
