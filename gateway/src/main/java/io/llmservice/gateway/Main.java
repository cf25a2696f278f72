package io.llmservice.gateway;

import io.llmservice.gateway.aws.CloudUpstreams;
import io.llmservice.gateway.aws.ManagedEndpoints;
import io.llmservice.gateway.limits.ApiKeys;
import io.llmservice.gateway.settings.GatewaySettings;
import io.llmservice.gateway.standalone.EnvironmentSecrets;
import io.llmservice.gateway.standalone.RoutesFileException;
import io.llmservice.gateway.standalone.Standalone;
import io.llmservice.gateway.standalone.StandaloneArguments;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;

/** Starts a gateway: from a file of routes if the command line names one, else in the cluster that it runs in. */
public final class Main {

    private static final int BAD_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(StandaloneArguments.HELP);
            return;
        }
        try {
            if (arguments.length == 0) {
                new InCluster(GatewaySettings.from(System.getenv())).start(meters());
            } else {
                standalone(StandaloneArguments.parse(arguments));
            }
        } catch (IllegalArgumentException | RoutesFileException wrong) {
            System.err.println("llm-gateway: " + wrong.getMessage());
            System.exit(BAD_USAGE);
        }
    }

    private static void standalone(StandaloneArguments arguments) throws RoutesFileException {
        ApiKeys keys = route -> Optional.ofNullable(route.gateway().apiKeys())
                .flatMap(wanted -> EnvironmentSecrets.clients(wanted.secretRef().name(), System.getenv()));
        var gateway = new Standalone(
                        routes -> Decisions.around(routes, "standalone", keys, () -> 1, (service, snapshot) -> {}),
                        loop -> CloudUpstreams.from(loop, ManagedEndpoints.none()))
                .start(arguments, meters());
        Exit.drain(gateway, () -> {});
    }

    @SuppressWarnings("resource") // lives as long as the process
    private static PrometheusMeterRegistry meters() {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        return meters;
    }
}
