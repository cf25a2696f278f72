package io.llmservice.gateway;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.gateway.aws.CloudUpstreams;
import io.llmservice.gateway.aws.ManagedEndpoints;
import io.llmservice.gateway.cluster.ApiClient;
import io.llmservice.gateway.cluster.ClusterLink;
import io.llmservice.gateway.cluster.ClusterSecrets;
import io.llmservice.gateway.cluster.PodGaugePoller;
import io.llmservice.gateway.cluster.StatusReports;
import io.llmservice.gateway.http.ServerOptions;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.settings.GatewaySettings;
import io.llmservice.gateway.upstream.HttpConnections;
import io.llmservice.gateway.upstream.HttpUpstreams;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.llmservice.planner.sagemaker.DesiredNames;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One replica of the gateway in a Kubernetes cluster. */
final class InCluster {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long TICK_MILLIS = 1000;

    private final GatewaySettings settings;
    private final FallbackPolicy policy;
    private final Routes routes = new Routes();
    private final AtomicReference<StatusReports> reports = new AtomicReference<>();
    private final AtomicReference<ClusterLink> link = new AtomicReference<>();

    InCluster(GatewaySettings settings) {
        this.settings = settings;
        this.policy = FallbackPolicy.of(settings.allowed());
    }

    /** Starts, and returns when it listens; it is ready once it knows all services. SIGTERM drains and ends it. */
    void start(PrometheusMeterRegistry meters) {
        var decisions =
                Decisions.around(routes, settings.replica().name(), this::keys, this::replicas, (service, snapshot) -> {
                    var known = reports.get();
                    if (known != null) {
                        known.changed(service);
                    }
                });
        KubernetesClient client = ApiClient.open();
        var cluster = ClusterLink.start(client, settings, routes);
        link.set(cluster);
        PodGaugePoller gauges = cluster.gauges(decisions.dispatch()::gauges, InstantSource.system());
        StatusReports written = cluster.reports(decisions.reports());
        reports.set(written);
        Vertx vertx = Vertx.vertx();
        vertx.setPeriodic(TICK_MILLIS, tick -> decisions.dispatch().tick());
        var parts = new Gateway.Parts(routes, decisions.admission(), decisions.dispatch(), meters, cluster::isReady);
        var gateway = Gateway.start(vertx, options(), parts, loop -> upstreams(loop, cluster.secrets()))
                .await();
        Exit.drain(gateway, () -> {
            gauges.close();
            written.close();
            cluster.close();
            client.close();
        });
    }

    private GatewayOptions options() {
        var listeners = settings.listeners();
        return new GatewayOptions(
                ServerOptions.defaults(listeners.bindAddress(), listeners.port()),
                listeners.metricsPort(),
                settings.drain());
    }

    private UpstreamFactory upstreams(Vertx loop, ClusterSecrets secrets) {
        return new HttpUpstreams(
                new HttpConnections(loop, CONNECT), secrets::value, policy, CloudUpstreams.from(loop, this::managed));
    }

    private Optional<ManagedEndpoints.Endpoint> managed(ServiceKey service, String target) {
        return routes.table()
                .byKey(service)
                .flatMap(route -> Optional.ofNullable(route.endpoints().get(target))
                        .map(name -> new ManagedEndpoints.Endpoint(name, component(route, target, name))));
    }

    private static Optional<String> component(ServiceRoute route, String target, String endpoint) {
        return route.fallback().stream()
                .flatMap(fallback -> fallback.targets().stream())
                .filter(candidate -> candidate.name().equals(target))
                .flatMap(candidate -> Optional.ofNullable(candidate.sageMaker()).stream())
                .flatMap(sageMaker -> Optional.ofNullable(sageMaker.managed()).stream())
                .filter(managed -> managed.inferenceComponent() != null)
                .map(managed -> DesiredNames.component(endpoint))
                .findFirst();
    }

    private Optional<Map<String, String>> keys(ServiceRoute route) {
        var cluster = link.get();
        return cluster == null ? Optional.empty() : cluster.secrets().keys(route);
    }

    private int replicas() {
        var cluster = link.get();
        return cluster == null ? 1 : cluster.replicas().getAsInt();
    }
}
