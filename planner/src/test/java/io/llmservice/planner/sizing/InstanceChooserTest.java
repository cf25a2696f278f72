package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Requests.choose;
import static io.llmservice.planner.sizing.Requests.chosen;
import static io.llmservice.planner.sizing.Requests.nothingFits;
import static io.llmservice.planner.sizing.Requests.rejection;
import static io.llmservice.planner.sizing.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.CapacityType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the design says must come out, and what a user sees beside it. */
class InstanceChooserTest {
    private static final SizingRequest LLAMA_70B = request("meta-llama/Meta-Llama-3-70B-Instruct", Quantization.NONE);
    private static final SizingRequest LLAMA_70B_AWQ =
            request("hugging-quants/Meta-Llama-3.1-70B-Instruct-AWQ-INT4", Quantization.AWQ);
    private static final SizingRequest LLAMA_8B = request("meta-llama/Meta-Llama-3-8B-Instruct", Quantization.NONE);

    @Test
    void a70bIn16BitsNeverRunsOnFourA10gAndSaysWhy() {
        InstanceChoice.NothingFits nothing = nothingFits(LLAMA_70B, Candidates.ofTypes("g5.12xlarge"));

        assertThat(nothing.message())
                .contains("g5.12xlarge: weights 131.4 GiB / 4 GPUs = 32.9 GiB each")
                .contains("19.9 GiB usable (22.06 × 0.90)")
                .contains("a 4-bit checkpoint (awq or gptq) on g5.12xlarge");
    }

    @Test
    void a70bIn16BitsFitsP4dWithRoom() {
        Sizing sizing = chosen(LLAMA_70B, Candidates.ofFamilies("p4d")).first();

        assertThat(sizing.type().name()).isEqualTo("p4d.24xlarge");
        assertThat(sizing.shape().tensorParallel()).isEqualTo(8);
        assertThat(sizing.concurrency().atFullContext()).isGreaterThan(50);
        assertThat(sizing.sentences().getFirst())
                .startsWith("weights 131.4 GiB / 8 GPUs = 16.4 GiB each + overhead 1.0 + cache 18.1 = 35.5 GiB usable");
    }

    @Test
    void eightA10gCarryThe70bForAModestWorkloadAndNotForALargeOne() {
        InstanceChoice.Chosen modest = chosen(LLAMA_70B, Candidates.ofFamilies());
        InstanceChoice.Chosen large =
                chosen(LLAMA_70B.withWorkload(new Workload(4096, 1024, 32)), Candidates.ofFamilies());

        assertThat(modest.first().type().name()).isEqualTo("g5.48xlarge");
        assertThat(large.first().type().name()).isEqualTo("p4d.24xlarge");
        assertThat(rejection(large, "g5.48xlarge"))
                .contains("cache of 8 GPUs counts")
                .contains("the workload needs 32 × 5,120 = 163,840");
    }

    @Test
    void fourBitsBringThe70bToFourA10g() {
        InstanceChoice.Chosen chosen = chosen(LLAMA_70B_AWQ, Candidates.ofFamilies());

        assertThat(chosen.first().type().name()).isEqualTo("g5.12xlarge");
        assertThat(chosen.shape().gpus()).isEqualTo(4);
    }

    @Test
    void an8bTakesOneA10gWhoseHostHoldsTheWeightsWhileTheyLoad() {
        InstanceChoice.Chosen chosen = chosen(LLAMA_8B, Candidates.ofFamilies());

        assertThat(chosen.first().type().name()).isEqualTo("g5.2xlarge");
        assertThat(chosen.shape().gpus()).isOne();
        assertThat(rejection(chosen, "g5.xlarge")).contains("MiB of host memory to load");
    }

    @Test
    void aLargerNodeThatPacksReplicasIsNoRungWhenDearerPerReplica() {
        InstanceChoice.Chosen chosen = chosen(LLAMA_70B_AWQ, Candidates.ofFamilies());

        assertThat(chosen.ladder())
                .extracting(rung -> rung.type().name())
                .containsExactly("g5.12xlarge", "g5.24xlarge");
        assertThat(rejection(chosen, "g5.48xlarge"))
                .startsWith("holds 2 replicas at 8.14 $/h each, not cheaper than 5.67 $/h on g5.12xlarge");
    }

    @Test
    void theUsersOrderBeatsThePrice() {
        InstanceChoice.Chosen chosen =
                chosen(LLAMA_70B_AWQ, Candidates.ofTypes("p4d.24xlarge", "g5.48xlarge", "g5.12xlarge"));

        assertThat(chosen.first().type().name()).isEqualTo("p4d.24xlarge");
        assertThat(chosen.reasons().getFirst()).contains("first of the named types");
    }

    @Test
    void aTypeWithoutAPriceIsChosenOnlyByName() {
        InstanceChoice.NothingFits byFamily = nothingFits(LLAMA_70B, Candidates.ofFamilies("p5e"));
        InstanceChoice.Chosen byName = chosen(LLAMA_70B, Candidates.ofTypes("p5e.48xlarge"));

        assertThat(byFamily.rejections().getFirst().line()).startsWith("p5e.48xlarge: fits, but no price is known");
        assertThat(byName.first().pricePerReplicaHour()).isEmpty();
    }

    @Test
    void otherPricesChangeTheChoiceAndNothingElse() {
        InstanceCatalogue dearer = Requests.INSTANCES.withPrices(Map.of("g5.2xlarge", 9.0));

        InstanceChoice choice = new InstanceChooser(dearer).choose(LLAMA_8B, Candidates.ofFamilies("g5"));

        assertThat(choice)
                .isInstanceOfSatisfying(
                        InstanceChoice.Chosen.class,
                        chosen -> assertThat(chosen.first().type().name()).isEqualTo("g5.4xlarge"));
        assertThat(dearer.all()).hasSameSizeAs(Requests.INSTANCES.all());
    }

    @Test
    void theAdministratorsWordStandsOverTheUsers() {
        InstanceChoice.Chosen chosen = chosen(
                LLAMA_8B,
                Candidates.ofTypes("p5.48xlarge", "g5.2xlarge").withPermitted(type -> !type.startsWith("p5")));

        assertThat(chosen.first().type().name()).isEqualTo("g5.2xlarge");
        assertThat(rejection(chosen, "p5.48xlarge")).isEqualTo("the administrator does not allow it");
    }

    @Test
    void anUnknownTypeIsNamedAndSkipped() {
        InstanceChoice.Chosen chosen = chosen(LLAMA_8B, Candidates.ofTypes("g5.3xlarge", "g5.2xlarge"));

        assertThat(chosen.first().type().name()).isEqualTo("g5.2xlarge");
        assertThat(rejection(chosen, "g5.3xlarge")).startsWith("not in the catalogue");
    }

    @Test
    void aMistypedTypeAloneGivesItsNameAndAWayOut() {
        InstanceChoice.NothingFits nothing = nothingFits(LLAMA_8B, Candidates.ofTypes("g5.3xlarge"));

        assertThat(nothing.closestMiss()).isEmpty();
        assertThat(nothing.message())
                .startsWith("no instance type can be used; g5.3xlarge: not in the catalogue")
                .contains("if spec.compute allows it");
    }

    @Test
    void capacityTypesArePassedThrough() {
        List<CapacityType> wanted = List.of(CapacityType.RESERVED, CapacityType.SPOT);

        InstanceChoice choice = choose(LLAMA_8B, Candidates.ofFamilies().withCapacityTypes(wanted));

        assertThat(choice)
                .isInstanceOfSatisfying(
                        InstanceChoice.Chosen.class,
                        chosen -> assertThat(chosen.capacityTypes()).isEqualTo(wanted));
    }
}
