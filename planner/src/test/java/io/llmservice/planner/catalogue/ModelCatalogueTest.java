package io.llmservice.planner.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCatalogueTest {
    private static final ModelCatalogue MODELS = ModelCatalogue.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meta-llama/Llama-2-13b-chat-hf",
                "meta-llama/Meta-Llama-3-70B-Instruct",
                "meta-llama/Llama-3.1-8B-Instruct",
                "meta-llama/Llama-3.2-3B-Instruct",
                "meta-llama/Llama-3.3-70B-Instruct",
                "Qwen/Qwen2.5-32B-Instruct",
                "Qwen/Qwen3-30B-A3B",
                "mistralai/Mistral-7B-Instruct-v0.3",
                "mistralai/Mixtral-8x7B-Instruct-v0.1",
                "google/gemma-2-9b-it",
                "google/gemma-3-27b-it",
                "microsoft/phi-4",
                "deepseek-ai/DeepSeek-R1-Distill-Qwen-14B",
                "deepseek-ai/DeepSeek-R1-Distill-Llama-70B",
                "openai/gpt-oss-20b"
            })
    void knowsTheFamiliesThatPeopleServe(String repository) {
        assertThat(MODELS.find(repository))
                .hasValueSatisfying(match -> assertThat(match.how()).isEqualTo(ModelMatch.How.EXACT));
    }

    @ParameterizedTest
    @CsvSource({
        "TheBloke/Llama-2-13B-chat-AWQ, meta-llama/Llama-2-13b-hf, AWQ, 4",
        "TheBloke/Mistral-7B-Instruct-v0.2-GPTQ, mistralai/Mistral-7B-Instruct-v0.2, GPTQ, 4",
        "casperhansen/llama-3-70b-instruct-awq, meta-llama/Meta-Llama-3-70B, AWQ, 4",
        "hugging-quants/Meta-Llama-3.1-8B-Instruct-GPTQ-INT4, meta-llama/Llama-3.1-8B, GPTQ, 4",
        "Qwen/Qwen2.5-72B-Instruct-GPTQ-Int8, Qwen/Qwen2-72B-Instruct, GPTQ, 8",
        "unsloth/llama-3-8b-Instruct-bnb-4bit, meta-llama/Meta-Llama-3-8B, BITSANDBYTES, 4",
        "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic, meta-llama/Llama-3.3-70B-Instruct, FP8, 8",
        "RedHatAI/Meta-Llama-3.1-70B-Instruct-quantized.w4a16, meta-llama/Llama-3.1-70B, COMPRESSED_TENSORS, 4",
        "RedHatAI/gemma-3-27b-it-quantized.w8a8, google/gemma-3-27b-it, COMPRESSED_TENSORS, 8"
    })
    void quantizedCopiesShareTheArchitectureOfTheirOriginal(
            String repository, String original, Quantization quantization, int bits) {
        ModelMatch match = MODELS.find(repository).orElseThrow();

        assertThat(match.architecture())
                .isEqualTo(MODELS.find(original).orElseThrow().architecture());
        assertThat(match.checkpointFormat()).contains(new WeightFormat(quantization, bits));
    }

    @Test
    void looksUpWithoutRegardToCase() {
        assertThat(MODELS.find("META-LLAMA/meta-llama-3-8b")).isPresent();
    }

    @Test
    void listsEveryRepositoryUnderItsOwnArchitecture() {
        assertThat(MODELS.repositories())
                .hasSizeGreaterThan(140)
                .allSatisfy(repository -> assertThat(MODELS.find(repository)).isPresent());
    }

    @Test
    void suggestsTheNearestNames() {
        assertThat(MODELS.find("meta-llama/Llama-3.1-9B-Instruct")).isEmpty();
        assertThat(MODELS.suggest("meta-llama/Llama-3.1-9B-Instruct", 3)).contains("meta-llama/Llama-3.1-8B");
        assertThat(MODELS.suggest("acme/zzz", 3)).isEmpty();
    }

    @Test
    void warnsWhereTheSpecContradictsTheName() {
        ModelMatch awq = MODELS.find("Qwen/Qwen2.5-7B-Instruct-AWQ").orElseThrow();
        ModelMatch plain = MODELS.find("Qwen/Qwen2.5-7B-Instruct").orElseThrow();

        assertThat(awq.mismatch(Quantization.AWQ)).isEmpty();
        assertThat(awq.mismatch(Quantization.NONE))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("says none").contains("4-bit awq"));
        assertThat(plain.mismatch(Quantization.NONE)).isEmpty();
        assertThat(plain.mismatch(Quantization.AWQ))
                .hasValueSatisfying(text -> assertThat(text).contains("16-bit weights"));
    }

    @Test
    void sevenFieldsMakeTheArchitectureOfADenseModel() {
        Architecture listed =
                MODELS.find("meta-llama/Meta-Llama-3-8B").orElseThrow().architecture();

        Architecture given =
                Architecture.ofDense(8_030_261_248L, new Architecture.Depth(32, 4096), 32, 8, 128, 128_256);

        assertThat(given.feedForward().intermediateSize()).isEqualTo(14_336);
        assertThat(given.vocabulary()).isEqualTo(listed.vocabulary());
        assertThat(given.keyValueBytesPerToken(2, 1)).isEqualTo(131_072);
        assertThat(given.weightBytes(Quantization.NONE, DataType.AUTO)).isEqualTo(2 * 8_030_261_248L);
    }

    @ParameterizedTest
    @CsvSource({
        "meta-llama/Meta-Llama-3-70B, 1, 327680",
        "meta-llama/Meta-Llama-3-70B, 8, 40960",
        "Qwen/Qwen2.5-7B, 8, 14336", // 4 key-value heads on 8 GPUs: one each, copied
        "deepseek-ai/DeepSeek-R1, 1, 70272",
        "deepseek-ai/DeepSeek-R1, 8, 70272", // the latent vector is whole on every GPU
        "Qwen/Qwen3-Next-80B-A3B-Instruct, 1, 24576"
    })
    void aTokenTakesTheCacheBytesThatTheLayoutSays(String repository, int tensorParallel, long bytes) {
        Architecture architecture = MODELS.find(repository).orElseThrow().architecture();

        assertThat(architecture.keyValueBytesPerToken(2, tensorParallel)).isEqualTo(bytes);
    }

    @Test
    void headsDecideTheTensorParallelSizes() {
        Architecture phi4 = MODELS.find("microsoft/phi-4").orElseThrow().architecture();

        assertThat(phi4.divides(2)).isTrue();
        assertThat(phi4.divides(4)).isFalse(); // 10 key-value heads neither divide by 4 nor 4 by 10
        assertThat(MODELS.find("tiiuae/falcon-7b").orElseThrow().architecture().divides(2))
                .isFalse();
    }
}
