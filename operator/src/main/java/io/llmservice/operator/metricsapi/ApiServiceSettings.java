package io.llmservice.operator.metricsapi;

import java.util.Optional;

/**
 * How the metrics API is registered with the API server.
 *
 * @param ownerClusterRole a ClusterRole of the release, whose deletion takes the registration away
 */
public record ApiServiceSettings(Mode mode, MetricsApiService service, Optional<String> ownerClusterRole) {

    /** When to register. */
    public enum Mode {
        /** Only where nobody serves the group in any version. */
        AUTO,
        /** Each version that nobody else serves. */
        ENABLED,
        /** Never, and what was registered before is taken back. */
        DISABLED
    }
}
