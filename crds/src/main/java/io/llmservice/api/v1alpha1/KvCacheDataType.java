package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the KV cache is stored; the words are those of vLLM's {@code --kv-cache-dtype}. */
public enum KvCacheDataType {
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("fp8")
    FP8
}
