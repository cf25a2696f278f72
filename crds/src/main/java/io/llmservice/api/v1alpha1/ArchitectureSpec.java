package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the plan must know about a model that the catalogue does not; the names follow config.json. */
@ValidationRule(
        value = "self.attentionHeads % self.keyValueHeads == 0",
        message = "model.architecture.attentionHeads must be a multiple of keyValueHeads")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ArchitectureSpec(
        @JsonPropertyDescription("Number of weights, all experts included.")
        @Required
        @Min(1000)
        @Max(20_000_000_000_000L)
        Long parameters,

        @JsonPropertyDescription("Number of transformer layers (num_hidden_layers).") @Required @Min(1) @Max(1000)
        Integer layers,

        @JsonPropertyDescription("Width of the residual stream (hidden_size).") @Required @Min(8) @Max(1000000)
        Integer hiddenSize,

        @JsonPropertyDescription("Attention heads (num_attention_heads).") @Required @Min(1) @Max(4096)
        Integer attentionHeads,

        @JsonPropertyDescription("Key-value heads (num_key_value_heads).") @Required @Min(1) @Max(4096)
        Integer keyValueHeads,

        @JsonPropertyDescription("Width of one head (head_dim); left out, hiddenSize / attentionHeads.")
        @Min(1)
        @Max(65536)
        @Nullable
        Integer headDimension,

        @JsonPropertyDescription("Number of tokens (vocab_size).") @Required @Min(2) @Max(100000000)
        Integer vocabularySize,

        @JsonPropertyDescription("Longest sequence the model was made for (max_position_embeddings); left out, 8192.")
        @Min(16)
        @Max(10485760)
        @Nullable
        Integer maximumContextLength) {}
