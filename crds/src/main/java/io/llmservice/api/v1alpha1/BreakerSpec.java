package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How the breaker closes again. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BreakerSpec(
        @JsonPropertyDescription(
                "How long it stays open before single requests try the pods again; doubled, up to eight times, while it keeps reopening.")
        @Default("30s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String openFor,

        @JsonPropertyDescription("Probes that must succeed one after another before it closes.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer probes) {
    public BreakerSpec {
        openFor = openFor == null ? "30s" : openFor;
        probes = probes == null ? 3 : probes;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static BreakerSpec defaults() {
        return new BreakerSpec(null, null);
    }
}
