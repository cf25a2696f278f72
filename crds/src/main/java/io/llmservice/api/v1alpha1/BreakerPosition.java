package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a breaker stands. */
public enum BreakerPosition {
    @JsonProperty("Closed")
    CLOSED,
    @JsonProperty("Open")
    OPEN,
    @JsonProperty("HalfOpen")
    HALF_OPEN
}
