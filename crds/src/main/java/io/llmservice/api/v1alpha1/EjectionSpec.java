package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** When one pod is left out. The last one never is, unless a target can take its place. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EjectionSpec(
        @JsonPropertyDescription("A pod that takes requests and yields no token for this long is left out.")
        @Default("60s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String noTokenAfter,

        @JsonPropertyDescription("Most pods that are left out at once, in percent.") @Default("50") @Min(0) @Max(100)
        Integer maximumPercent) {
    public EjectionSpec {
        noTokenAfter = noTokenAfter == null ? "60s" : noTokenAfter;
        maximumPercent = maximumPercent == null ? 50 : maximumPercent;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static EjectionSpec defaults() {
        return new EjectionSpec(null, null);
    }
}
