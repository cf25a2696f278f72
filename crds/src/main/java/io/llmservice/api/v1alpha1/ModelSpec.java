package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The model to serve, where its weights come from and how they are stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelSpec(
        @JsonPropertyDescription("What clients send as model; left out, the name of the LlmService.")
        @Size(min = 1, max = 256)
        @Nullable
        String name,

        @JsonPropertyDescription(
                "Where the weights come from: exactly one of huggingFace, s3, persistentVolumeClaim, image.")
        @Required
        ModelSource source,

        @JsonPropertyDescription(
                "How the checkpoint stores its weights. It describes the checkpoint and sets no flag; to quantize while loading use engine.vllm.onlineQuantization.")
        @Default("none")
        Quantization quantization,

        @JsonPropertyDescription(
                "Type of activations and unquantized weights; auto is bfloat16 where the GPU has it, else float16.")
        @Default("auto")
        DataType dataType,

        @JsonPropertyDescription(
                "Longest sequence served, in tokens, prompt and answer together; left out, the smaller of the model's maximum and 8192.")
        @Min(16)
        @Max(10485760)
        @Nullable
        Integer contextLength,

        @JsonPropertyDescription("The numbers the plan needs, for a model that the catalogue does not know.") @Nullable
        ArchitectureSpec architecture) {
    public ModelSpec {
        quantization = quantization == null ? Quantization.NONE : quantization;
        dataType = dataType == null ? DataType.AUTO : dataType;
    }
}
