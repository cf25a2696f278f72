package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A taint of the nodes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Taint(
        @JsonPropertyDescription("Key.") @Required @Size(min = 1, max = 317)
        String key,

        @JsonPropertyDescription("Value.") @Size(max = 63) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String value,

        @JsonPropertyDescription("Effect.") @Default("NoSchedule")
        TaintEffect effect) {
    public Taint {
        effect = effect == null ? TaintEffect.NO_SCHEDULE : effect;
    }
}
