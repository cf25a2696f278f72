package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One endpoint that can answer in place of the pods; exactly one of its kinds is set. */
@ValidationRule(
        value =
                "(has(self.sageMaker) ? 1 : 0) + (has(self.bedrock) ? 1 : 0) + (has(self.openAi) ? 1 : 0) + (has(self.llmService) ? 1 : 0) == 1",
        message = "exactly one of sageMaker, bedrock, openAi, llmService must be set in a fallback target")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FallbackTarget(
        @JsonPropertyDescription("Name by which status and metrics speak of it.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        String name,

        @JsonPropertyDescription("A SageMaker endpoint.") @Nullable
        SageMakerTarget sageMaker,

        @JsonPropertyDescription("A model on Amazon Bedrock.") @Nullable
        BedrockTarget bedrock,

        @JsonPropertyDescription("Any service that speaks OpenAI's API.") @Nullable
        OpenAiTarget openAi,

        @JsonPropertyDescription("Another LlmService of this namespace.") @Nullable
        LlmServiceTarget llmService,

        @JsonPropertyDescription(
                "Share of the requests among the targets that have a weight; left out, the target is tried in its order.")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer weight,

        @JsonPropertyDescription("How long the target may take to its first byte.")
        @Default("60s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String timeout,

        @JsonPropertyDescription("What its tokens cost; left out, the list price known for the model, if any.")
        @Nullable
        TokenPrice price) {
    public FallbackTarget {
        timeout = timeout == null ? "60s" : timeout;
    }
}
