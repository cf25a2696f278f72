package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NodePools that the operator makes for this service, one for each rung of the plan's ladder. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManagedNodePool(
        @JsonPropertyDescription("How nodes are made; left out, the administrator's default.") @Nullable
        NodeClassSpec nodeClass,

        @JsonPropertyDescription("Bounds on what the pools may hold.") @Nullable
        NodePoolLimits limits,

        @JsonPropertyDescription("Age at which Karpenter replaces a node by force, or Never.")
        @Default("Never")
        @Size(min = 1, max = 32)
        @Pattern("^(([0-9]+(s|m|h))+|Never)$")
        String expireAfter,

        @JsonPropertyDescription("Longest drain of a node; left out, a drain waits for its pods without end.")
        @Size(min = 1, max = 32)
        @Pattern("^([0-9]+(s|m|h))+$")
        @Nullable
        String terminationGracePeriod,

        @JsonPropertyDescription("How long a node stays empty before it is removed.")
        @Default("2m")
        @Size(min = 1, max = 32)
        @Pattern("^(([0-9]+(s|m|h))+|Never)$")
        String consolidateAfter,

        @JsonPropertyDescription(
                "Taints of the nodes; left out, nvidia.com/gpu and the service's own label, so that no other pod lands there.")
        @Size(max = 16)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<Taint> taints,

        @JsonPropertyDescription("Taints that something else removes once a node is set up.") @Size(max = 16)
        List<Taint> startupTaints) {
    public ManagedNodePool {
        taints = taints == null ? null : List.copyOf(taints);
        expireAfter = expireAfter == null ? "Never" : expireAfter;
        consolidateAfter = consolidateAfter == null ? "2m" : consolidateAfter;
        startupTaints = startupTaints == null ? List.of() : List.copyOf(startupTaints);
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ManagedNodePool defaults() {
        return new ManagedNodePool(null, null, null, null, null, null, null);
    }
}
