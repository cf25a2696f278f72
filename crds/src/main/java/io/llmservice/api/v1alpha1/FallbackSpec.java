package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where requests go while the pods cannot take them, when, and what that may cost. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FallbackSpec(
        @JsonPropertyDescription(
                "Automatic lets the breaker decide; ForceFallback sends everything to the targets; ForcePrimary sends everything to the pods; Disabled uses no target. The annotation llmservice.io/fallback-mode wins while it is there.")
        @Default("Automatic")
        FallbackMode mode,

        @JsonPropertyDescription(
                "Endpoints in the order in which they are tried; those that have a weight share the first place by it.")
        @Required
        @Size(min = 1, max = 8)
        List<FallbackTarget> targets,

        @JsonPropertyDescription(
                "What opens the breaker: only what is named here. Left out, all four with their defaults.")
        @Nullable
        BreakerTriggers when,

        @JsonPropertyDescription("How the breaker closes again.") @Default("{}")
        BreakerSpec breaker,

        @JsonPropertyDescription("When one pod is left out.") @Default("{}")
        EjectionSpec ejection,

        @JsonPropertyDescription("What the targets may cost. When it is spent, requests fail with 429.") @Nullable
        FallbackBudget budget) {
    public FallbackSpec {
        mode = mode == null ? FallbackMode.AUTOMATIC : mode;
        targets = targets == null ? List.of() : List.copyOf(targets);
        breaker = breaker == null ? BreakerSpec.defaults() : breaker;
        ejection = ejection == null ? EjectionSpec.defaults() : ejection;
    }

    /** What opens the breaker, with the default applied. */
    public BreakerTriggers triggers() {
        return when == null ? BreakerTriggers.defaults() : when;
    }
}
