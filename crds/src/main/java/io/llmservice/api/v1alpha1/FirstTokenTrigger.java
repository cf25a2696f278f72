package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** First tokens that take too long. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FirstTokenTrigger(
        @JsonPropertyDescription("Which percentile of the times is held against the bound.")
        @Default("90")
        @Min(1)
        @Max(100)
        Integer percentile,

        @JsonPropertyDescription("The bound.") @Default("30s") @Size(min = 2, max = 16) @Pattern(ApiDuration.PATTERN)
        String above,

        @JsonPropertyDescription("Over which time first tokens are looked at; ten are needed.")
        @Default("1m")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String window) {
    public FirstTokenTrigger {
        percentile = percentile == null ? 90 : percentile;
        above = above == null ? "30s" : above;
        window = window == null ? "1m" : window;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static FirstTokenTrigger defaults() {
        return new FirstTokenTrigger(null, null, null);
    }
}
