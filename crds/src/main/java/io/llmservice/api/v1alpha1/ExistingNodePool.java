package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Karpenter NodePool that is there already. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExistingNodePool(
        @JsonPropertyDescription("Name of the NodePool.") @Required @Size(min = 1, max = 63)
        String name) {}
