package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Too many failed requests to the pods. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ErrorRateTrigger(
        @JsonPropertyDescription("Failed requests, in percent.") @Default("50") @Min(1) @Max(100)
        Integer percent,

        @JsonPropertyDescription("Over which time they are counted.")
        @Default("30s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String window,

        @JsonPropertyDescription("Fewer requests than this in the window prove nothing.")
        @Default("10")
        @Min(1)
        @Max(100000)
        Integer minimumRequests) {
    public ErrorRateTrigger {
        percent = percent == null ? 50 : percent;
        window = window == null ? "30s" : window;
        minimumRequests = minimumRequests == null ? 10 : minimumRequests;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ErrorRateTrigger defaults() {
        return new ErrorRateTrigger(null, null, null);
    }
}
