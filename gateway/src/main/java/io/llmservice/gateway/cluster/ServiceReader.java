package io.llmservice.gateway.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.planner.fallback.EffectiveMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the gateway needs from an LlmService. Fields that a newer API has are passed over, and an object that cannot be
 * read concerns nobody but itself.
 */
final class ServiceReader {

    /** Where the operator has planned nothing yet: a node, an image and weights, as a rule five minutes. */
    static final int UNPLANNED_COLD_START_SECONDS = 300;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ServiceReader() {}

    static ServiceKey key(ObjectMeta metadata) {
        return new ServiceKey(metadata.getNamespace(), metadata.getName());
    }

    /**
     * The service without pods.
     *
     * @throws IllegalArgumentException saying which field cannot be read
     */
    static ServiceRoute read(GenericKubernetesResource service) {
        var spec = convert(service.getAdditionalProperties().get("spec"), LlmServiceSpec.class)
                .orElseThrow(() -> new IllegalArgumentException("no spec"));
        var status = convert(service.getAdditionalProperties().get("status"), LlmServiceStatus.class);
        var metadata = service.getMetadata();
        return new ServiceRoute(
                key(metadata),
                metadata.getUid(),
                model(metadata, spec, status),
                Objects.requireNonNullElse(metadata.getCreationTimestamp(), ""),
                EffectiveMode.of(metadata.getAnnotations(), spec.fallback()).mode(),
                Optional.ofNullable(spec.fallback()),
                spec.gateway(),
                List.of(),
                status.map(LlmServiceStatus::plan)
                        .map(plan -> plan.coldStartSeconds())
                        .orElse(UNPLANNED_COLD_START_SECONDS),
                status.map(LlmServiceStatus::gateways).orElse(Map.of()),
                endpoints(status));
    }

    private static Map<String, String> endpoints(Optional<LlmServiceStatus> status) {
        return status.stream()
                .flatMap(known -> known.sageMaker().stream())
                .collect(Collectors.toMap(
                        SageMakerEndpointStatus::target, SageMakerEndpointStatus::endpoint, (first, second) -> first));
    }

    /** What the pods are served by: a renamed model whose plan is held back still goes by its former name. */
    private static String model(ObjectMeta metadata, LlmServiceSpec spec, Optional<LlmServiceStatus> status) {
        var asked = spec.model() == null ? null : spec.model().name();
        return status.map(LlmServiceStatus::model).orElse(Objects.requireNonNullElse(asked, metadata.getName()));
    }

    private static <T> Optional<T> convert(@Nullable Object tree, Class<T> type) {
        return Optional.ofNullable(JSON.convertValue(tree, type));
    }
}
