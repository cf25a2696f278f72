package io.llmservice.gateway.settings;

import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.settings.Environment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every setting of the gateway in a cluster; docs/settings.md says what each is for.
 *
 * @param replica which replica this is, and which are its siblings
 * @param watchNamespaces namespaces whose services it serves; empty means all
 * @param listeners where it listens
 * @param drain how long streams may go on after the order to end
 * @param allowed what services may have as fallback
 * @param requiredSecretLabel label, as {@code key=value}, that a Secret must carry before a service may refer to it
 */
public record GatewaySettings(
        Replica replica,
        Set<String> watchNamespaces,
        Listeners listeners,
        Duration drain,
        FallbackLimits allowed,
        Optional<String> requiredSecretLabel) {

    public GatewaySettings {
        watchNamespaces = Set.copyOf(watchNamespaces);
    }

    /**
     * This replica among its siblings.
     *
     * @param namespace namespace that the gateway runs in
     * @param name name of this replica's pod
     * @param selector labels that all replicas have and nothing else has
     */
    public record Replica(String namespace, String name, Map<String, String> selector) {

        public Replica {
            selector = Collections.unmodifiableMap(new TreeMap<>(selector));
        }
    }

    /**
     * Where the gateway listens.
     *
     * @param bindAddress of both ports
     * @param port of the API
     * @param metricsPort of {@code /healthz}, {@code /readyz} and {@code /metrics}
     */
    public record Listeners(String bindAddress, int port, int metricsPort) {}

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming the variable that cannot be read
     */
    public static GatewaySettings from(Map<String, String> variables) {
        var environment = new Environment(variables);
        return new GatewaySettings(
                new Replica(
                        environment.text("POD_NAMESPACE", "llmservice-system"),
                        environment.text("POD_NAME", "llmservice-gateway"),
                        environment.pairs("REPLICA_SELECTOR", Map.of("app.kubernetes.io/name", "llmservice-gateway"))),
                Set.copyOf(environment.list("WATCH_NAMESPACES", List.of())),
                new Listeners(
                        environment.text("BIND_ADDRESS", "0.0.0.0"),
                        environment.number("HTTP_PORT", 8080, 0, 65535),
                        environment.number("METRICS_PORT", 8081, 0, 65535)),
                Duration.ofSeconds(environment.number("DRAIN_SECONDS", 120, 0, 3600)),
                new FallbackLimits(
                        environment.list("ALLOWED_FALLBACK_HOSTS", List.of()),
                        environment.list("ALLOWED_SAGEMAKER_ENDPOINTS", List.of()),
                        environment.list("ALLOWED_BEDROCK_MODELS", List.of()),
                        FallbackLimits.Managed.NOTHING),
                environment.text("REQUIRED_SECRET_LABEL"));
    }
}
