package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A SageMaker endpoint that is there already, or one that the operator makes. */
@ValidationRule(
        value = "(has(self.endpoint) ? 1 : 0) + (has(self.managed) ? 1 : 0) == 1",
        message = "exactly one of endpoint, managed must be set in a sageMaker target")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SageMakerTarget(
        @JsonPropertyDescription(
                "Name of an endpoint that is there already, which the administrator must allow. It is only read.")
        @Size(min = 1, max = 63)
        @Pattern("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$")
        @Nullable
        String endpoint,

        @JsonPropertyDescription("An endpoint that the operator makes, keeps and deletes.") @Nullable
        ManagedSageMakerEndpoint managed,

        @JsonPropertyDescription("AWS region; left out, that of the operator and the gateway.")
        @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9-]+$")
        @Nullable
        String region,

        @JsonPropertyDescription(
                "OpenAi for containers behind SageMaker's OpenAI route; Lmi and Tgi translate for those containers.")
        @Default("OpenAi")
        SageMakerDialect dialect,

        @JsonPropertyDescription("Inference component to call on an existing endpoint that has several.")
        @Size(min = 1, max = 63)
        @Pattern("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$")
        @Nullable
        String inferenceComponentName) {
    public SageMakerTarget {
        dialect = dialect == null ? SageMakerDialect.OPEN_AI : dialect;
    }
}
