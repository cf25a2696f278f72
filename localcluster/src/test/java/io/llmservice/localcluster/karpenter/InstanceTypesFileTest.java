package io.llmservice.localcluster.karpenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstanceTypesFileTest {
    private final List<SimulatedInstanceType> types = InstanceTypeCatalogue.all();

    @Test
    void catalogueHasTheGpuFamilies() {
        assertThat(types)
                .extracting(SimulatedInstanceType::family)
                .contains("g4dn", "g5", "g6", "g6e", "p4d", "p4de", "p5", "p5en", "m5");
        assertThat(types).extracting(SimulatedInstanceType::name).doesNotHaveDuplicates();
    }

    @Test
    void allocatableIsWhatEc2NodesGive() {
        SimulatedInstanceType type = type("g5.xlarge");

        assertThat(type.allocatableMilliCpu()).isEqualTo(3920);
        assertThat(type.allocatableMemoryMiB()).isEqualTo(14162);
    }

    @Test
    void spotIsCheaperThanOnDemand() throws Exception {
        JsonNode offerings = entry("g5.12xlarge", Set.of()).required("offerings");

        assertThat(prices(offerings)).containsExactlyInAnyOrder(2.2688, 5.672);
        assertThat(offerings).hasSize(6);
    }

    @Test
    void offeringsCarryTheLabelsThatNodePoolsAskFor() throws Exception {
        JsonNode requirements =
                entry("p4d.24xlarge", Set.of()).required("offerings").get(0).required("Requirements");

        List<String> labels = new ArrayList<>();
        requirements.forEach(
                requirement -> labels.add(requirement.required("key").asText() + "="
                        + requirement.required("values").get(0).asText()));
        assertThat(labels)
                .contains(
                        "karpenter.k8s.aws/instance-family=p4d",
                        "karpenter.k8s.aws/instance-category=p",
                        "karpenter.k8s.aws/instance-generation=4",
                        "karpenter.k8s.aws/instance-gpu-name=a100",
                        "karpenter.k8s.aws/instance-gpu-count=8",
                        "karpenter.k8s.aws/instance-gpu-memory=40960",
                        "topology.kubernetes.io/zone=us-east-1a");
    }

    @Test
    void whatIsOutOfStockIsNotThere() throws Exception {
        Set<Offering> spotGone = Set.of(new Offering("g5.xlarge", "spot"));
        Set<Offering> allGone = Set.of(new Offering("g5.xlarge", "spot"), new Offering("g5.xlarge", "on-demand"));

        assertThat(prices(entry("g5.xlarge", spotGone).required("offerings"))).containsExactly(1.006);
        assertThat(read(allGone))
                .noneMatch(entry -> entry.required("name").asText().equals("g5.xlarge"));
    }

    private SimulatedInstanceType type(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode entry(String name, Set<Offering> outOfStock) throws Exception {
        return read(outOfStock).stream()
                .filter(entry -> entry.required("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> read(Set<Offering> outOfStock) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        new ObjectMapper().readTree(InstanceTypesFile.json(types, outOfStock)).forEach(entries::add);
        return entries;
    }

    private static Set<Double> prices(JsonNode offerings) {
        Set<Double> prices = new HashSet<>();
        offerings.forEach(offering -> prices.add(offering.required("Price").asDouble()));
        return prices;
    }
}
