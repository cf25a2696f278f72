package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A node class that is there already, of any provider. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeClassReference(
        @JsonPropertyDescription("API group, for example karpenter.k8s.aws or eks.amazonaws.com.")
        @Required
        @Size(min = 1, max = 253)
        String group,

        @JsonPropertyDescription("Kind, for example EC2NodeClass or NodeClass.") @Required @Size(min = 1, max = 63)
        String kind,

        @JsonPropertyDescription("Name.") @Required @Size(min = 1, max = 253)
        String name) {}
