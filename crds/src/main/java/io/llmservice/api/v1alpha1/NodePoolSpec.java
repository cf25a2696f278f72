package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who makes the nodes; exactly one member is set. */
@ValidationRule(
        value = "(has(self.managed) ? 1 : 0) + (has(self.existing) ? 1 : 0) + (has(self.none) ? 1 : 0) == 1",
        message = "exactly one of managed, existing, none must be set in compute.nodePool")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodePoolSpec(
        @JsonPropertyDescription("The operator makes Karpenter NodePools for this service.") @Nullable
        ManagedNodePool managed,

        @JsonPropertyDescription("Pods go to the nodes of a Karpenter NodePool that is there already.") @Nullable
        ExistingNodePool existing,

        @JsonPropertyDescription("No Karpenter: pods select nodes by label.") @Nullable
        UnmanagedNodes none) {

    public static NodePoolSpec defaults() {
        return new NodePoolSpec(ManagedNodePool.defaults(), null, null);
    }
}
