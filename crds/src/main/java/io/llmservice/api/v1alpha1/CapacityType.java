package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an instance is bought; the words are those of Karpenter's {@code karpenter.sh/capacity-type}. */
public enum CapacityType {
    @JsonProperty("reserved")
    RESERVED,
    @JsonProperty("spot")
    SPOT,
    @JsonProperty("on-demand")
    ON_DEMAND
}
