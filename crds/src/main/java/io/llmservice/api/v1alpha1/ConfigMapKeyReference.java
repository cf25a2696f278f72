package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a ConfigMap in the service's own namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConfigMapKeyReference(
        @JsonPropertyDescription("Name of the ConfigMap.") @Required @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Key within the ConfigMap.") @Required @Size(min = 1, max = 253)
        String key) {}
