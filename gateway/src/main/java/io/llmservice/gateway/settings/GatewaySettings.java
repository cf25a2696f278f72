package io.llmservice.gateway.settings;

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
        Allowed allowed,
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
     * What the fallback of a service may use, as the administrator wrote it; an entry holds for all namespaces or, as
     * {@code namespace=entry}, for some. An empty list allows nothing.
     *
     * @param hosts hosts of OpenAI-compatible services
     * @param sageMakerEndpoints names of SageMaker endpoints
     * @param bedrockModels model ids, inference profiles and ARNs of Bedrock
     */
    public record Allowed(List<String> hosts, List<String> sageMakerEndpoints, List<String> bedrockModels) {

        public Allowed {
            hosts = List.copyOf(hosts);
            sageMakerEndpoints = List.copyOf(sageMakerEndpoints);
            bedrockModels = List.copyOf(bedrockModels);
        }
    }

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
                new Allowed(
                        environment.list("ALLOWED_FALLBACK_HOSTS", List.of()),
                        environment.list("ALLOWED_SAGEMAKER_ENDPOINTS", List.of()),
                        environment.list("ALLOWED_BEDROCK_MODELS", List.of())),
                environment.text("REQUIRED_SECRET_LABEL"));
    }
}
