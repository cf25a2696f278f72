package io.llmservice.planner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.Quantization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceCatalogueTest {
    private static final InstanceCatalogue INSTANCES = InstanceCatalogue.load();

    @ParameterizedTest
    @CsvSource({
        "g5.xlarge, 3920, 14162", // as a real node reported
        "g5.2xlarge, 7910, 29317",
        "p4d.24xlarge, 95690, 1082712"
    })
    void allocatableLiesBelowTheLabel(String name, int cpuMillis, int memoryMiB) {
        Host host = INSTANCES.find(name).orElseThrow().host();

        assertThat(host.allocatableCpuMillis()).isEqualTo(cpuMillis);
        assertThat(host.allocatableMemoryMiB()).isEqualTo(memoryMiB);
    }

    @Test
    void everyFamilyOfTheApiIsListed() {
        assertThat(INSTANCES.families()).contains("g4dn", "g5", "g6", "g6e", "g7e", "p4d", "p4de", "p5", "p5e", "p5en");
        assertThat(INSTANCES.find("p5e.48xlarge").orElseThrow().price()).isEmpty();
        assertThat(INSTANCES.find("g5.12xlarge").orElseThrow().price()).hasValue(5.672);
    }

    @ParameterizedTest
    @CsvSource({
        "g4dn.xlarge, FP8, NONE",
        "g4dn.xlarge, AWQ, WEIGHT_ONLY",
        "g5.xlarge, FP8, WEIGHT_ONLY",
        "p4d.24xlarge, FP8, WEIGHT_ONLY",
        "g6.xlarge, FP8, NATIVE",
        "p5.48xlarge, FP8, NATIVE",
        "p5.48xlarge, NVFP4, WEIGHT_ONLY",
        "g7e.2xlarge, NVFP4, NATIVE"
    })
    void aGpuRunsWhatItsGenerationKnows(String name, Quantization quantization, Gpu.Support support) {
        assertThat(INSTANCES.find(name).orElseThrow().gpu().supports(quantization))
                .isEqualTo(support);
    }

    @Test
    void anOperatorMayHaveOtherPrices() {
        InstanceCatalogue other = INSTANCES.withPrices(Map.of("g5.xlarge", 0.5, "p5e.48xlarge", 60.0));

        assertThat(other.find("g5.xlarge").orElseThrow().price()).hasValue(0.5);
        assertThat(other.find("p5e.48xlarge").orElseThrow().price()).hasValue(60.0);
        assertThat(other.find("g5.2xlarge")).isEqualTo(INSTANCES.find("g5.2xlarge"));
        assertThat(INSTANCES.find("g5.xlarge").orElseThrow().price()).hasValue(1.006);
    }
}
