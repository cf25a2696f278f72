package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How long the gateway waits. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TimeoutsSpec(
        @JsonPropertyDescription("For a whole answer, from the request to its last byte.")
        @Default("10m")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String request,

        @JsonPropertyDescription("For the next byte of an answer that has begun.")
        @Default("60s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String idle) {
    public TimeoutsSpec {
        request = request == null ? "10m" : request;
        idle = idle == null ? "60s" : idle;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static TimeoutsSpec defaults() {
        return new TimeoutsSpec(null, null);
    }
}
