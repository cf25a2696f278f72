package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many pods there are. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplicaStatus(
        @JsonPropertyDescription("Replicas that the autoscaler asks for.")
        Integer desired,

        @JsonPropertyDescription("Replicas that answer.") Integer ready,

        @JsonPropertyDescription("GPUs that the desired replicas ask for.")
        Integer gpus) {
    public ReplicaStatus {
        desired = desired == null ? 0 : desired;
        ready = ready == null ? 0 : ready;
        gpus = gpus == null ? 0 : gpus;
    }
}
