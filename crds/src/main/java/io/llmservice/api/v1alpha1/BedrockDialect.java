package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of Bedrock's APIs is spoken. */
public enum BedrockDialect {
    @JsonProperty("Converse")
    CONVERSE,
    @JsonProperty("OpenAi")
    OPEN_AI
}
