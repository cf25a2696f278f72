package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who decides where requests go. */
public enum FallbackMode {
    @JsonProperty("Automatic")
    AUTOMATIC,
    @JsonProperty("ForceFallback")
    FORCE_FALLBACK,
    @JsonProperty("ForcePrimary")
    FORCE_PRIMARY,
    @JsonProperty("Disabled")
    DISABLED
}
