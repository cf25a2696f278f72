package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Requests.chosen;
import static io.llmservice.planner.sizing.Requests.nothingFits;
import static io.llmservice.planner.sizing.Requests.refused;
import static io.llmservice.planner.sizing.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.CacheType;
import org.junit.jupiter.api.Test;

/** Requests that cannot be served, and what the user is told to do. */
class BadInputTest {
    private static final SizingRequest LLAMA_8B = request("meta-llama/Meta-Llama-3-8B-Instruct", Quantization.NONE);

    @Test
    void aContextBeyondTheModelsIsRefusedWithTheLargestPossible() {
        BadInput badInput =
                refused(LLAMA_8B.withLimits(EngineLimits.DEFAULT.withContextLength(16_384)), Candidates.ofFamilies());

        assertThat(badInput.field()).isEqualTo("spec.model.contextLength");
        assertThat(badInput.message()).isEqualTo("16,384 tokens exceed the model's maximum; set at most 8,192");
    }

    @Test
    void aWorkloadLongerThanTheContextIsRefusedWithTheContextItNeeds() {
        BadInput badInput = refused(
                request("meta-llama/Llama-3.1-8B-Instruct", Quantization.NONE).withWorkload(new Workload(9000, 500, 1)),
                Candidates.ofFamilies());

        assertThat(badInput.field()).isEqualTo("spec.workload");
        assertThat(badInput.message()).contains("raise spec.model.contextLength to 9,500");
    }

    @Test
    void gpusThatDoNotDivideTheHeadsAreRefusedWithThoseThatDo() {
        BadInput badInput =
                refused(LLAMA_8B.withOverrides(new ReplicaOverrides(3, null, null)), Candidates.ofFamilies());

        assertThat(badInput.field()).isEqualTo("spec.compute.gpusPerReplica");
        assertThat(badInput.message())
                .isEqualTo("3 GPUs do not divide 32 attention heads and 8 key-value heads; use one of 1, 2, 4, 8");
    }

    @Test
    void quantizingAQuantizedCheckpointIsRefused() {
        SizingRequest twice = request("Qwen/Qwen2.5-7B-Instruct-AWQ", Quantization.AWQ)
                .withPrecision(new Precision(DataType.AUTO, CacheType.AUTO, Quantization.FP8));

        assertThat(refused(twice, Candidates.ofFamilies()).field()).isEqualTo("spec.engine.vllm.onlineQuantization");
    }

    @Test
    void aT4HasNoBfloat16() {
        SizingRequest small = request("meta-llama/Llama-3.2-3B-Instruct", Quantization.NONE);

        InstanceChoice.NothingFits asked = nothingFits(
                small.withPrecision(new Precision(DataType.BFLOAT16, CacheType.AUTO, null)),
                Candidates.ofFamilies("g4dn"));
        InstanceChoice.Chosen auto = chosen(small, Candidates.ofFamilies("g4dn"));

        assertThat(asked.rejections().getFirst().reason())
                .isEqualTo(
                        "T4 (compute capability 7.5) has no bfloat16; use dataType auto or float16, or a GPU from Ampere on");
        assertThat(auto.notes()).contains("T4 has no bfloat16: activations are float16");
    }

    @Test
    void fp8RunsNowhereOnAT4WeightOnlyOnAnA10gAndNativelyOnAnL4() {
        SizingRequest fp8 = request("Qwen/Qwen3-8B-FP8", Quantization.FP8);

        assertThat(nothingFits(fp8, Candidates.ofFamilies("g4dn")).message())
                .contains("T4 (compute capability 7.5) cannot run fp8");
        assertThat(chosen(fp8, Candidates.ofFamilies("g5")).notes())
                .containsExactly("fp8 runs weight-only on A10G: it saves memory, arithmetic stays at 16 bits");
        assertThat(chosen(fp8, Candidates.ofFamilies("g6")).notes()).isEmpty();
    }

    @Test
    void anArchitectureThatCannotBeIsRejectedWhereItIsMade() {
        assertThatThrownBy(() -> Architecture.ofDense(1_000_000, new Architecture.Depth(32, 4096), 32, 8, 128, 128_256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not even hold the embeddings");
        assertThatThrownBy(() ->
                        Architecture.ofDense(8_000_000_000L, new Architecture.Depth(32, 4096), 8, 32, 128, 128_256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key-value heads (32) cannot exceed attention heads (8)");
    }
}
