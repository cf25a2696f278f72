package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A toleration of the pods. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Toleration(
        @JsonPropertyDescription("Key; left out, every taint.")
        @Size(max = 317)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String key,

        @JsonPropertyDescription("Exists or Equal.") @Size(max = 6) @Pattern("^(Exists|Equal)$") @Nullable
        String operator,

        @JsonPropertyDescription("Value for Equal.")
        @Size(max = 63)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String value,

        @JsonPropertyDescription("Effect; left out, all.") @Nullable
        TaintEffect effect) {}
