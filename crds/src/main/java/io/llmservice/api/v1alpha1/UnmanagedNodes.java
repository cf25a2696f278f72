package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes that something other than Karpenter makes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UnmanagedNodes(
        @JsonPropertyDescription("Labels that a node must have.") @Size(max = 20)
        Map<String, String> nodeSelector,

        @JsonPropertyDescription("Tolerations beside that of nvidia.com/gpu.") @Size(max = 20)
        List<Toleration> tolerations) {
    public UnmanagedNodes {
        nodeSelector = nodeSelector == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
    }
}
