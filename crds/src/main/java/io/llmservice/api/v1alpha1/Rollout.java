package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order pods are replaced. */
public enum Rollout {
    @JsonProperty("Surge")
    SURGE,
    @JsonProperty("InPlace")
    IN_PLACE
}
