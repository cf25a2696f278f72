package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done with an instance's local NVMe disks; the word is Karpenter's. */
public enum InstanceStorePolicy {
    @JsonProperty("RAID0")
    RAID0
}
