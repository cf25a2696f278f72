package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a taint does to pods that do not tolerate it. */
public enum TaintEffect {
    @JsonProperty("NoSchedule")
    NO_SCHEDULE("NoSchedule"),
    @JsonProperty("PreferNoSchedule")
    PREFER_NO_SCHEDULE("PreferNoSchedule"),
    @JsonProperty("NoExecute")
    NO_EXECUTE("NoExecute");

    private final String word;

    TaintEffect(String word) {
        this.word = word;
    }

    /** The word that Kubernetes uses. */
    public String word() {
        return word;
    }
}
