package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Who may ask through the gateway, how much, and how long it waits. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GatewaySpec(
        @JsonPropertyDescription(
                "Keys that clients must present as a bearer token; left out, the service is open inside the cluster.")
        @Nullable
        ApiKeysSpec apiKeys,

        @JsonPropertyDescription("How much may be asked.") @Default("{}")
        LimitsSpec limits,

        @JsonPropertyDescription("Largest request body in bytes.") @Default("33554432") @Min(1024) @Max(268435456)
        Integer maxBodyBytes,

        @JsonPropertyDescription("How long the gateway waits.") @Default("{}")
        TimeoutsSpec timeouts,

        @JsonPropertyDescription(
                "Further attempts, in percent of the requests, that may be made when pods fail; a total outage is amplified by no more.")
        @Default("20")
        @Min(0)
        @Max(100)
        Integer retryBudgetPercent,

        @JsonPropertyDescription(
                "Goes on from the same token on another pod when one dies in the middle of a plain chat stream; the client sees one stream.")
        @Default("false")
        Boolean continueStreams) {
    public GatewaySpec {
        limits = limits == null ? LimitsSpec.defaults() : limits;
        maxBodyBytes = maxBodyBytes == null ? 33554432 : maxBodyBytes;
        timeouts = timeouts == null ? TimeoutsSpec.defaults() : timeouts;
        retryBudgetPercent = retryBudgetPercent == null ? 20 : retryBudgetPercent;
        continueStreams = continueStreams != null && continueStreams;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static GatewaySpec defaults() {
        return new GatewaySpec(null, null, null, null, null, null);
    }
}
