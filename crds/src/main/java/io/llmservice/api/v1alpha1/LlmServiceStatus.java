package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the operator saw and decided. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LlmServiceStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Standard conditions; Ready sums them up.")
        List<Condition> conditions,

        @JsonPropertyDescription("Name that clients send as model.") @Nullable
        String model,

        @JsonPropertyDescription("How many pods there are.") @Nullable
        ReplicaStatus replicas,

        @JsonPropertyDescription("Where clients inside the cluster reach the model.") @Nullable
        String endpoint,

        @JsonPropertyDescription("The plan in force, in numbers and words.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("Nodes that Karpenter makes or made for this service.")
        List<NodeStatus> nodes,

        @JsonPropertyDescription("Objects that the operator owns for this service.")
        List<OwnedObject> objects,

        @JsonPropertyDescription("Where the circuit breaker stands.") @Nullable
        BreakerStatus breaker,

        @JsonPropertyDescription("What the fallback has cost so far.") @Nullable
        FallbackStatus fallback,

        @JsonPropertyDescription("SageMaker endpoints that the operator made for this service.")
        List<SageMakerEndpointStatus> sageMaker,

        @JsonPropertyDescription("What each replica of the gateway says, by its name; each writes its own entry.")
        Map<String, GatewayReport> gateways) {
    public LlmServiceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        objects = objects == null ? List.of() : List.copyOf(objects);
        sageMaker = sageMaker == null ? List.of() : List.copyOf(sageMaker);
        gateways = gateways == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(gateways));
    }

    /** What the operator writes: everything but the entries of the gateway's replicas, which are theirs. */
    public LlmServiceStatus withoutGateways() {
        return new LlmServiceStatus(
                observedGeneration,
                conditions,
                model,
                replicas,
                endpoint,
                plan,
                nodes,
                objects,
                breaker,
                fallback,
                sageMaker,
                Map.of());
    }
}
