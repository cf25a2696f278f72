package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the container behind a SageMaker endpoint speaks. */
public enum SageMakerDialect {
    @JsonProperty("OpenAi")
    OPEN_AI,
    @JsonProperty("Lmi")
    LMI,
    @JsonProperty("Tgi")
    TGI
}
