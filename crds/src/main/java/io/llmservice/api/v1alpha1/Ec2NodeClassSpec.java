package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the operator puts in the EC2NodeClass it makes. */
@ValidationRule(
        value = "(has(self.role) ? 1 : 0) + (has(self.instanceProfile) ? 1 : 0) == 1",
        message = "exactly one of role, instanceProfile must be set in compute.nodePool.managed.nodeClass.ec2")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Ec2NodeClassSpec(
        @JsonPropertyDescription("IAM role of the nodes; the administrator allows roles.")
        @Size(min = 1, max = 512)
        @Nullable
        String role,

        @JsonPropertyDescription("IAM instance profile of the nodes; the administrator allows profiles.")
        @Size(min = 1, max = 512)
        @Nullable
        String instanceProfile,

        @JsonPropertyDescription("Subnets, by id or tags.") @Required @Size(min = 1, max = 30)
        List<SelectorTerm> subnetSelectorTerms,

        @JsonPropertyDescription("Security groups, by id, name or tags.") @Required @Size(min = 1, max = 30)
        List<SelectorTerm> securityGroupSelectorTerms,

        @JsonPropertyDescription("Machine image, as Karpenter's alias; the NVIDIA variant is picked by itself.")
        @Default("al2023@latest")
        @Size(min = 1, max = 64)
        @Pattern("^(al2023|bottlerocket)@.+$")
        String amiAlias,

        @JsonPropertyDescription("Size of the data volume; left out, what image and weights need.")
        @Min(20)
        @Max(16384)
        @Nullable
        Integer volumeSizeGiB,

        @JsonPropertyDescription("What is done with local NVMe disks.") @Nullable
        InstanceStorePolicy instanceStorePolicy,

        @JsonPropertyDescription("Capacity reservations for capacity type reserved.") @Size(max = 30)
        List<SelectorTerm> capacityReservationSelectorTerms,

        @JsonPropertyDescription("AWS tags of instances and volumes.") @Size(max = 40)
        Map<String, String> tags) {
    public Ec2NodeClassSpec {
        subnetSelectorTerms = subnetSelectorTerms == null ? List.of() : List.copyOf(subnetSelectorTerms);
        securityGroupSelectorTerms =
                securityGroupSelectorTerms == null ? List.of() : List.copyOf(securityGroupSelectorTerms);
        amiAlias = amiAlias == null ? "al2023@latest" : amiAlias;
        capacityReservationSelectorTerms =
                capacityReservationSelectorTerms == null ? List.of() : List.copyOf(capacityReservationSelectorTerms);
        tags = tags == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
