package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What one replica of the gateway says of a service. Only that replica writes it, by server-side apply. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GatewayReport(
        @JsonPropertyDescription("Where its breaker stands.") @Required
        BreakerPosition state,

        @JsonPropertyDescription("Why, in a sentence.") @Nullable
        String reason,

        @JsonPropertyDescription("When it opened, in RFC 3339.") @Nullable
        String openedAt,

        @JsonPropertyDescription("When it tries the pods again, in RFC 3339.") @Nullable
        String nextProbe,

        @JsonPropertyDescription("Target that requests go to.") @Nullable
        String target,

        @JsonPropertyDescription("What this replica spent in the last clock hour in which it spent anything.") @Nullable
        Spend hour,

        @JsonPropertyDescription("What this replica spent in the last day on which it spent anything.") @Nullable
        Spend day) {
    /** The field manager under which a replica writes its entry, and no other: leaving the entry out gives it up. */
    public static String fieldManager(String replica) {
        return "llmservice-gateway/" + replica;
    }
}
