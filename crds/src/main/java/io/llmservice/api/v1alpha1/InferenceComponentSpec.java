package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** What one copy of a SageMaker inference component gets. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InferenceComponentSpec(
        @JsonPropertyDescription("Copies of the model.") @Default("1") @Min(1) @Max(100)
        Integer copies,

        @JsonPropertyDescription("GPUs of one copy.") @Default("1") @Min(1) @Max(64)
        Integer accelerators,

        @JsonPropertyDescription("Memory of one copy in MiB.") @Required @Min(128) @Max(4194304)
        Integer memoryMiB) {
    public InferenceComponentSpec {
        copies = copies == null ? 1 : copies;
        accelerators = accelerators == null ? 1 : accelerators;
    }
}
