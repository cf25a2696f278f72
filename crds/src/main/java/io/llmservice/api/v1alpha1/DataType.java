package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type that activations and unquantized weights have on the GPU; the words are those of vLLM's {@code --dtype}. */
public enum DataType {
    /** bfloat16 where the GPU has it, else float16. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("bfloat16")
    BFLOAT16,
    @JsonProperty("float16")
    FLOAT16,
    @JsonProperty("float32")
    FLOAT32
}
