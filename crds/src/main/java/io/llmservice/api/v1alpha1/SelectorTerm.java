package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Selects AWS objects by id, name or tags. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SelectorTerm(
        @JsonPropertyDescription("AWS id.") @Size(min = 1, max = 128) @Nullable
        String id,

        @JsonPropertyDescription("Name, where the kind has one.") @Size(min = 1, max = 256) @Nullable
        String name,

        @JsonPropertyDescription("Tags that must all match.") @Size(max = 20)
        Map<String, String> tags) {
    public SelectorTerm {
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
