package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.settings.GatewaySettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that ties a gateway to its cluster, in two steps: what it learns starts at once, what it tells starts when there is
 * somebody to tell it to.
 */
public final class ClusterLink implements AutoCloseable {

    private static final Duration SECRETS_LIVE = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final GatewaySettings settings;
    private final Routes routes;
    private final ClusterRoutes watches;
    private final ClusterSecrets secrets;
    private final LiveReplicas replicas;

    private ClusterLink(KubernetesClient client, GatewaySettings settings, Routes routes) {
        this.client = client;
        this.settings = settings;
        this.routes = routes;
        this.secrets = ClusterSecrets.start(client, routes, settings.requiredSecretLabel(), SECRETS_LIVE);
        this.replicas = LiveReplicas.start(client, settings.replica());
        this.watches = ClusterRoutes.start(client, settings.watchNamespaces(), routes);
    }

    /** Starts watching; returns at once. The client is closed by whoever opened it. */
    public static ClusterLink start(KubernetesClient client, GatewaySettings settings, Routes routes) {
        return new ClusterLink(client, settings, routes);
    }

    /** Whether all services are known; stays true while the API server is away. */
    public boolean isReady() {
        return watches.isReady();
    }

    /** Keys of clients and targets; never waits. */
    public ClusterSecrets secrets() {
        return secrets;
    }

    /** How many replicas share limits and budgets. */
    public LiveReplicas replicas() {
        return replicas;
    }

    /** Starts reading the pods' gauges; the caller closes it. */
    public PodGaugePoller gauges(GaugeSink sink, InstantSource clock) {
        return PodGaugePoller.start(routes, sink, PodGaugePoller.Bounds.DEFAULT, clock);
    }

    /** Starts writing this replica's reports; the caller closes it before this link. */
    public StatusReports reports(Function<ServiceKey, Optional<GatewayReport>> reports) {
        return StatusReports.start(client, routes, settings.replica().name(), reports, StatusReports.Rhythm.DEFAULT);
    }

    @Override
    public void close() {
        watches.close();
        replicas.close();
        secrets.close();
    }
}
