package io.llmservice.operator.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.operator.metricsapi.ApiServiceSettings;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.llmservice.planner.policy.Policy;
import io.llmservice.planner.settings.Environment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting of the operator.
 *
 * @param namespace namespace that the operator runs in
 * @param instance name of this replica
 * @param watchNamespaces namespaces whose services it serves; empty means all
 * @param leaderElection whether replicas elect one that writes
 * @param http address of health and metrics
 * @param metricsApi the custom metrics API
 * @param policy what the administrator allows
 * @param gatewayNamespace namespace that the gateway's pods run in
 * @param aws how calls to AWS are made; absent, there are none
 * @param pricesFile file with prices that replace the built-in ones, as lines {@code instance_type,usd_per_hour}
 */
public record Settings(
        String namespace,
        String instance,
        Set<String> watchNamespaces,
        boolean leaderElection,
        Http http,
        MetricsApi metricsApi,
        Policy policy,
        String gatewayNamespace,
        Optional<AwsSettings> aws,
        Optional<String> pricesFile) {

    /** Where health and metrics are served. */
    public record Http(String bindAddress, int port) {}

    /** Whether the custom metrics API is served at all. */
    public boolean servesMetricsApi() {
        return metricsApi.mode() != ApiServiceSettings.Mode.DISABLED;
    }

    /**
     * How the custom metrics API is served.
     *
     * @param mode when to register with the API server
     * @param port port of the TLS listener and of its Service
     * @param service Service in front of it
     * @param ownerClusterRole ClusterRole that the APIServices are owned by, so that they go with the release
     */
    public record MetricsApi(
            ApiServiceSettings.Mode mode, int port, String service, Optional<String> ownerClusterRole) {}

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming the variable that cannot be read
     */
    public static Settings from(Map<String, String> variables) {
        var environment = new Environment(variables);
        return new Settings(
                environment.text("POD_NAMESPACE", "llmservice-system"),
                environment.text("POD_NAME", "llmservice-operator"),
                Set.copyOf(environment.list("WATCH_NAMESPACES", List.of())),
                environment.flag("LEADER_ELECTION", true),
                new Http(environment.text("BIND_ADDRESS", "0.0.0.0"), environment.number("HTTP_PORT", 8080)),
                new MetricsApi(
                        mode(environment.text("METRICS_API_MODE", "auto")),
                        environment.number("METRICS_API_PORT", 6443),
                        environment.text("METRICS_API_SERVICE", "llmservice-operator-metrics"),
                        environment.text("METRICS_API_OWNER_CLUSTER_ROLE")),
                policy(environment),
                environment.text("GATEWAY_NAMESPACE", environment.text("POD_NAMESPACE", "llmservice-system")),
                aws(environment),
                environment.text("PRICES_FILE"));
    }

    private static ApiServiceSettings.Mode mode(String word) {
        return switch (word) {
            case "auto" -> ApiServiceSettings.Mode.AUTO;
            case "enabled" -> ApiServiceSettings.Mode.ENABLED;
            case "disabled" -> ApiServiceSettings.Mode.DISABLED;
            default ->
                throw new IllegalArgumentException("METRICS_API_MODE must be auto, enabled or disabled, not " + word);
        };
    }

    private static Policy policy(Environment environment) {
        var standard = Policy.safeDefaults();
        var allowed = standard.allowed();
        return new Policy(
                new Policy.Allowed(
                        environment.list("ALLOWED_IMAGES", allowed.images()),
                        environment.list("ALLOWED_INSTANCE_TYPES", allowed.instanceTypes()),
                        environment.list("ALLOWED_SERVICE_ACCOUNTS", allowed.serviceAccounts()),
                        environment.list("ALLOWED_ROLES", allowed.roles()),
                        environment.list("ALLOWED_NODE_CLASSES", allowed.nodeClasses()),
                        Set.copyOf(environment.list("ALLOWED_ENGINE_FLAGS", List.of())),
                        Set.copyOf(environment.list("ALLOWED_ENVIRONMENT", List.of()))),
                new Policy.EngineDefaults(
                        environment.text("ENGINE_IMAGE", standard.engine().image()),
                        environment.text("ENGINE_VERSION", standard.engine().version())),
                environment.text("NODE_CLASS").map(Settings::nodeClass),
                environment.number("MAX_GPUS_PER_NAMESPACE", standard.maxGpusPerNamespace()),
                environment.text("REQUIRED_SECRET_LABEL"),
                FallbackPolicy.of(fallback(environment)));
    }

    private static FallbackLimits fallback(Environment environment) {
        return new FallbackLimits(
                environment.list("ALLOWED_FALLBACK_HOSTS", List.of()),
                environment.list("ALLOWED_SAGEMAKER_ENDPOINTS", List.of()),
                environment.list("ALLOWED_BEDROCK_MODELS", List.of()),
                new FallbackLimits.Managed(
                        environment.list("ALLOWED_SAGEMAKER_INSTANCE_TYPES", List.of()),
                        environment.list("ALLOWED_SAGEMAKER_EXECUTION_ROLES", List.of()),
                        environment.list("ALLOWED_SAGEMAKER_IMAGES", List.of()),
                        environment.text("SAGEMAKER_EXECUTION_ROLE"),
                        environment.text("SAGEMAKER_IMAGE")));
    }

    private static Optional<AwsSettings> aws(Environment environment) {
        return environment.flag("AWS_ENABLED", false)
                ? Optional.of(new AwsSettings(
                        environment.text("CLUSTER_ID", ""),
                        environment.text("AWS_REGION"),
                        environment.text("SAGEMAKER_URL").map(URI::create)))
                : Optional.empty();
    }

    /** The default node class, as YAML or JSON in the form of {@code spec.compute.nodePool.managed.nodeClass}. */
    private static NodeClassSpec nodeClass(String yaml) {
        try {
            return YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(yaml, NodeClassSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "NODE_CLASS is not a node class (ec2 or ref): " + e.getOriginalMessage(), e);
        }
    }
}
