package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The instances that may be used, and who makes the nodes. */
@ValidationRule(
        value =
                "!(has(self.instanceFamilies) && self.instanceFamilies.size() > 0 && has(self.instanceTypes) && self.instanceTypes.size() > 0)",
        message = "set compute.instanceFamilies or compute.instanceTypes, not both")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ComputeSpec(
        @JsonPropertyDescription(
                "EC2 instance families that may be used, in order of preference; left out with instanceTypes, g5 and p4d by price.")
        @Size(max = 32)
        List<String> instanceFamilies,

        @JsonPropertyDescription("EC2 instance types that may be used, in order of preference.") @Size(max = 32)
        List<String> instanceTypes,

        @JsonPropertyDescription("How instances may be bought; Karpenter tries reserved, then spot, then on-demand.")
        @Default("[\"on-demand\"]")
        @Size(min = 1, max = 3)
        List<CapacityType> capacityTypes,

        @JsonPropertyDescription("GPUs of one replica; left out, the fewest that carry the workload.")
        @Min(1)
        @Max(8)
        @Nullable
        Integer gpusPerReplica,

        @JsonPropertyDescription("Who makes the nodes: exactly one of managed, existing, none.")
        @Default("{\"managed\": {}}")
        NodePoolSpec nodePool,

        @JsonPropertyDescription(
                "CPU request of one replica, as a Kubernetes quantity; left out, what fits its share of the instance.")
        @Size(min = 1, max = 16)
        @Pattern("^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$")
        @Nullable
        String cpu,

        @JsonPropertyDescription(
                "Memory request and limit of one replica, as a Kubernetes quantity; left out, what fits its share of the instance.")
        @Size(min = 1, max = 16)
        @Pattern("^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$")
        @Nullable
        String memory) {
    public ComputeSpec {
        instanceFamilies = instanceFamilies == null ? List.of() : List.copyOf(instanceFamilies);
        instanceTypes = instanceTypes == null ? List.of() : List.copyOf(instanceTypes);
        capacityTypes = capacityTypes == null ? List.of(CapacityType.ON_DEMAND) : capacityTypes;
        nodePool = nodePool == null ? NodePoolSpec.defaults() : nodePool;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ComputeSpec defaults() {
        return new ComputeSpec(null, null, null, null, null, null, null);
    }
}
