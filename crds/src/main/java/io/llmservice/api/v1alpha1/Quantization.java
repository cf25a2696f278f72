package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the checkpoint's weights are stored; the words are those of vLLM and of the checkpoints' own configuration. */
public enum Quantization {
    @JsonProperty("none")
    NONE,
    @JsonProperty("awq")
    AWQ,
    @JsonProperty("gptq")
    GPTQ,
    @JsonProperty("fp8")
    FP8,
    @JsonProperty("int8")
    INT8,
    @JsonProperty("mxfp4")
    MXFP4,
    @JsonProperty("nvfp4")
    NVFP4,
    @JsonProperty("compressedTensors")
    COMPRESSED_TENSORS,
    @JsonProperty("bitsandbytes")
    BITSANDBYTES
}
