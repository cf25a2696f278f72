package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which of Bedrock's OpenAI-compatible endpoints is called. */
public enum BedrockEndpoint {
    @JsonProperty("Runtime")
    RUNTIME,
    @JsonProperty("Mantle")
    MANTLE
}
