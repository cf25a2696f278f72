package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A SageMaker endpoint that the operator made. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SageMakerEndpointStatus(
        @JsonPropertyDescription("Name of the fallback target.") @Required
        String target,

        @JsonPropertyDescription("Name of the endpoint.") @Required
        String endpoint,

        @JsonPropertyDescription("Its AWS region.") @Nullable
        String region,

        @JsonPropertyDescription("SageMaker's word for its state, such as InService.") @Required
        String state,

        @JsonPropertyDescription("What is wrong and what to do next.") @Nullable
        String message) {}
