package io.llmservice.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmservice.operator.http.OperatorHttp;
import io.llmservice.operator.http.ReadinessCheck;
import io.llmservice.operator.settings.Prices;
import io.llmservice.operator.settings.Settings;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator's parts in order and ends them in the other. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Every setting comes from the environment; see {@link Settings}. */
    public static void main(String[] arguments) throws IOException {
        var settings = Settings.from(System.getenv());
        var meters = meters();
        KubernetesClient client = new KubernetesClientBuilder().build();
        var operator = new LlmOperator(client, settings, instances(settings), meters, Clock.systemUTC());
        var metrics = new MetricsServing(client, operator, settings, meters);
        var http = new OperatorHttp(
                settings.http().bindAddress(), settings.http().port(), checks(operator, metrics, settings), meters);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    operator.close();
                    metrics.close();
                    http.close();
                    client.close();
                }));
        operator.start();
        metrics.start();
        LOG.atInfo().addKeyValue("namespace", settings.namespace()).log("Operator started");
    }

    private static List<ReadinessCheck> checks(LlmOperator operator, MetricsServing metrics, Settings settings) {
        return settings.servesMetricsApi() ? List.of(operator, metrics.api()) : List.of(operator);
    }

    private static InstanceCatalogue instances(Settings settings) throws IOException {
        var instances = InstanceCatalogue.load();
        return settings.pricesFile().isEmpty()
                ? instances
                : instances.withPrices(Prices.read(settings.pricesFile().get()));
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static PrometheusMeterRegistry meters() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        return meters;
    }
}
