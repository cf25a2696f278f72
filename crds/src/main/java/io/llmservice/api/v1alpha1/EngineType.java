package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The engines that can run a model. */
public enum EngineType {
    @JsonProperty("Vllm")
    VLLM
}
