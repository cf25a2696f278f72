package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
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
        List<OwnedObject> objects) {
    public LlmServiceStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        objects = objects == null ? List.of() : List.copyOf(objects);
    }
}
