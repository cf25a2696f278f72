package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A SageMaker endpoint that the operator makes, keeps and deletes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManagedSageMakerEndpoint(
        @JsonPropertyDescription("SageMaker instance type, such as ml.g5.2xlarge.")
        @Required
        @Size(min = 4, max = 64)
        @Pattern("^ml\\.[a-z0-9-]+\\.[a-z0-9]+$")
        String instanceType,

        @JsonPropertyDescription("Instances.") @Default("1") @Min(1) @Max(100)
        Integer instanceCount,

        @JsonPropertyDescription(
                "Makes the model an inference component, so that others can share the endpoint's instances.")
        @Nullable
        InferenceComponentSpec inferenceComponent,

        @JsonPropertyDescription(
                "Container image in ECR, which the administrator must allow; left out, the administrator's default.")
        @Size(min = 1, max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription(
                "ARN of the role that SageMaker assumes, which the administrator must allow; left out, the administrator's default.")
        @Size(min = 20, max = 512)
        @Pattern("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$")
        @Nullable
        String executionRole,

        @JsonPropertyDescription("Hugging Face repository or s3:// prefix to load in place of the service's own model.")
        @Size(min = 1, max = 1024)
        @Nullable
        String model,

        @JsonPropertyDescription("Size of the instances' volume in GiB; left out, planned from the weights.")
        @Min(1)
        @Max(16384)
        @Nullable
        Integer volumeSizeGiB,

        @JsonPropertyDescription("How long the container may take to answer its first health check.")
        @Default("20m")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String startupTimeout,

        @JsonPropertyDescription("Whether the endpoint goes with the service or stays.") @Default("Delete")
        DeletionPolicy deletionPolicy) {
    public ManagedSageMakerEndpoint {
        instanceCount = instanceCount == null ? 1 : instanceCount;
        startupTimeout = startupTimeout == null ? "20m" : startupTimeout;
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.DELETE : deletionPolicy;
    }
}
