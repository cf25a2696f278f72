package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Where the breakers of the gateway's replicas stand, summed up. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BreakerStatus(
        @JsonPropertyDescription("Open when any replica's breaker is, else HalfOpen when any is, else Closed.")
        @Required
        BreakerPosition state,

        @JsonPropertyDescription("Why, in a sentence.") @Nullable
        String reason,

        @JsonPropertyDescription("When it opened, in RFC 3339.") @Nullable
        String openedAt,

        @JsonPropertyDescription("When the pods are tried again, in RFC 3339.") @Nullable
        String nextProbe,

        @JsonPropertyDescription("Target that requests go to while it is open.") @Nullable
        String target,

        @JsonPropertyDescription("Replicas of the gateway that report, and how many of them have it open, in words.")
        @Nullable
        String replicas,

        @JsonPropertyDescription("The mode in force and where it comes from, in words.") @Nullable
        String mode) {}
