package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A model on Amazon Bedrock. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BedrockTarget(
        @JsonPropertyDescription("Model id, inference profile id or ARN, which the administrator must allow.")
        @Required
        @Size(min = 1, max = 512)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9.:/_-]*$")
        String modelId,

        @JsonPropertyDescription("AWS region; left out, that of the gateway.")
        @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9-]+$")
        @Nullable
        String region,

        @JsonPropertyDescription(
                "Converse serves every model; OpenAi passes requests on unchanged where Bedrock offers that.")
        @Default("Converse")
        BedrockDialect dialect,

        @JsonPropertyDescription(
                "For dialect OpenAi: bedrock-runtime or bedrock-mantle; which one has a model differs.")
        @Default("Runtime")
        BedrockEndpoint endpoint) {
    public BedrockTarget {
        dialect = dialect == null ? BedrockDialect.CONVERSE : dialect;
        endpoint = endpoint == null ? BedrockEndpoint.RUNTIME : endpoint;
    }
}
