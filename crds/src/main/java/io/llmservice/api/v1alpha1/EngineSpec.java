package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** The inference engine; a union by type. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EngineSpec(
        @JsonPropertyDescription("Which engine runs the model.") @Default("Vllm")
        EngineType type,

        @JsonPropertyDescription("Settings of vLLM.") @Default("{}")
        VllmSpec vllm) {
    public EngineSpec {
        type = type == null ? EngineType.VLLM : type;
        vllm = vllm == null ? VllmSpec.defaults() : vllm;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static EngineSpec defaults() {
        return new EngineSpec(null, null);
    }
}
