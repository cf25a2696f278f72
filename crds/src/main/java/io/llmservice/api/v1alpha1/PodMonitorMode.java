package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a PodMonitor is made. */
public enum PodMonitorMode {
    @JsonProperty("Auto")
    AUTO,
    @JsonProperty("Enabled")
    ENABLED,
    @JsonProperty("Disabled")
    DISABLED
}
