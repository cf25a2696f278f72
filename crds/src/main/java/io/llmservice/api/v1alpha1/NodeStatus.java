package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A node, or the claim for one, that serves or will serve this service. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeStatus(
        @JsonPropertyDescription("NodeClaim, or Node where none is known.") @Required
        String name,

        @JsonPropertyDescription("Node, once there is one.") @Nullable
        String node,

        @JsonPropertyDescription("Instance type that Karpenter chose.") @Nullable
        String instanceType,

        @JsonPropertyDescription("How the instance was bought.") @Nullable
        String capacityType,

        @JsonPropertyDescription("Launching, Registering, Initializing, Ready, Draining or GpuMissing.") @Required
        String state,

        @JsonPropertyDescription("What is waited for.") @Nullable
        String message) {}
