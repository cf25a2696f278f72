package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How nodes are made; exactly one member is set. */
@ValidationRule(
        value = "(has(self.ec2) ? 1 : 0) + (has(self.ref) ? 1 : 0) == 1",
        message = "exactly one of ec2, ref must be set in compute.nodePool.managed.nodeClass")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeClassSpec(
        @JsonPropertyDescription("The operator makes an EC2NodeClass for this service.") @Nullable
        Ec2NodeClassSpec ec2,

        @JsonPropertyDescription("A node class that is there already.") @Nullable
        NodeClassReference ref) {}
