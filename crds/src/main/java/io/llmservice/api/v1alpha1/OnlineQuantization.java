package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What vLLM can quantize 16-bit weights to while it loads them; the words are those of {@code --quantization}. */
public enum OnlineQuantization {
    @JsonProperty("fp8")
    FP8,
    @JsonProperty("bitsandbytes")
    BITSANDBYTES
}
