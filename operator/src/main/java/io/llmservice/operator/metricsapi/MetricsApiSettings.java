package io.llmservice.operator.metricsapi;

import io.llmservice.operator.metricsapi.pods.ReadLimits;
import java.time.Duration;

/**
 * How one replica serves the metrics API.
 *
 * @param port 0 takes any free port
 * @param certificateSecret the Secret, in the operator's namespace, that the replicas share
 * @param refreshEvery how often the Secret and the front proxy's ConfigMap are read again
 */
public record MetricsApiSettings(
        String bindAddress,
        int port,
        MetricsApiService service,
        String certificateSecret,
        ReadLimits reads,
        Duration refreshEvery) {

    public static final String DEFAULT_BIND_ADDRESS = "0.0.0.0";
    public static final int DEFAULT_PORT = 6443;
    public static final Duration DEFAULT_REFRESH = Duration.ofSeconds(30);

    public MetricsApiSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (certificateSecret.isEmpty()) {
            throw new IllegalArgumentException("the certificate's Secret needs a name");
        }
        if (!refreshEvery.isPositive()) {
            throw new IllegalArgumentException("refreshing takes a positive interval");
        }
    }

    /** The defaults for a Service: the certificate is kept in {@code <service>-tls}. */
    public static MetricsApiSettings of(MetricsApiService service) {
        return new MetricsApiSettings(
                DEFAULT_BIND_ADDRESS,
                DEFAULT_PORT,
                service,
                service.name() + "-tls",
                ReadLimits.DEFAULTS,
                DEFAULT_REFRESH);
    }
}
