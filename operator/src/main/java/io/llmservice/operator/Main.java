package io.llmservice.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmservice.operator.settings.Prices;
import io.llmservice.operator.settings.Settings;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator and ends it in order. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        var settings = Settings.from(System.getenv());
        var instances = InstanceCatalogue.load();
        if (settings.pricesFile().isPresent()) {
            instances = instances.withPrices(Prices.read(settings.pricesFile().get()));
        }
        KubernetesClient client = new KubernetesClientBuilder().build();
        var operator = new LlmOperator(client, settings, instances, Clock.systemUTC());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            operator.close();
                            client.close();
                        },
                        "shutdown"));
        operator.start();
        LOG.atInfo().addKeyValue("namespace", settings.namespace()).log("Operator started");
    }
}
