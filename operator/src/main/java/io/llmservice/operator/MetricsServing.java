package io.llmservice.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.operator.metricsapi.ApiServiceSettings;
import io.llmservice.operator.metricsapi.ApiServiceState;
import io.llmservice.operator.metricsapi.ApiServices;
import io.llmservice.operator.metricsapi.ApiVersion;
import io.llmservice.operator.metricsapi.MetricsApi;
import io.llmservice.operator.metricsapi.MetricsApiService;
import io.llmservice.operator.metricsapi.MetricsApiSettings;
import io.llmservice.operator.metricsapi.pods.ReadLimits;
import io.llmservice.operator.settings.Settings;
import io.llmservice.planner.Labels;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics API of this replica, and, while it leads, the registration with the API server. */
final class MetricsServing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServing.class);
    private static final long REGISTER_SECONDS = 5;

    private final MetricsApi api;
    private final ApiServices registration;
    private final BooleanSupplier leads;
    private final boolean serves;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("metrics-api-registration").factory());
    private Map<ApiVersion, ApiServiceState> states = Map.of();

    MetricsServing(KubernetesClient client, LlmOperator operator, Settings settings, MeterRegistry meters) {
        var wanted = settings.metricsApi();
        var service = new MetricsApiService(
                settings.namespace(), wanted.service(), wanted.port(), Map.of(Labels.MANAGED_BY, Labels.OPERATOR));
        this.api = new MetricsApi(
                client,
                new InformedPodTargets(operator.informers()),
                new MetricsApiSettings(
                        settings.http().bindAddress(),
                        wanted.port(),
                        service,
                        service.name() + "-tls",
                        ReadLimits.DEFAULTS,
                        MetricsApiSettings.DEFAULT_REFRESH),
                meters,
                Clock.systemUTC());
        this.registration =
                new ApiServices(client, new ApiServiceSettings(wanted.mode(), service, wanted.ownerClusterRole()));
        this.leads = operator::isLeader;
        this.serves = settings.servesMetricsApi();
    }

    /**
     * Listens unless disabled, and keeps the registration right while this replica leads.
     *
     * @throws IOException if the address cannot be bound
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the schedule
    void start() throws IOException {
        if (serves) {
            api.start();
        }
        schedule.scheduleWithFixedDelay(this::register, 0, REGISTER_SECONDS, TimeUnit.SECONDS);
    }

    /** Ready when it has a certificate and knows whom to trust. */
    MetricsApi api() {
        return api;
    }

    private void register() {
        if (!leads.getAsBoolean()) {
            return;
        }
        // Disabled takes back what an earlier setting registered, and needs no certificate for it.
        var authority = serves ? api.caBundle() : Optional.of("");
        authority.map(registration::reconcile).ifPresent(now -> {
            if (!now.equals(states)) {
                states = now;
                LOG.atInfo().addKeyValue("versions", now).log("Custom metrics API");
            }
        });
    }

    @Override
    public void close() {
        schedule.shutdownNow();
        api.close();
    }
}
