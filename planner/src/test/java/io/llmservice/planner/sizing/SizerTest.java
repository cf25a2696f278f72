package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Requests.chosen;
import static io.llmservice.planner.sizing.Requests.nothingFits;
import static io.llmservice.planner.sizing.Requests.rejection;
import static io.llmservice.planner.sizing.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.CacheType;
import io.llmservice.planner.catalogue.WeightFormat;
import org.junit.jupiter.api.Test;

/** What one replica looks like, and what the user's own settings do to it. */
class SizerTest {
    private static final SizingRequest LLAMA_8B = request("meta-llama/Meta-Llama-3-8B-Instruct", Quantization.NONE);
    private static final SizingRequest LLAMA_70B = request("meta-llama/Meta-Llama-3-70B-Instruct", Quantization.NONE);

    @Test
    void theDefaultContextIsTheSmallerOfTheModelsAndEightThousand() {
        SizingRequest longModel = request("meta-llama/Llama-3.1-8B-Instruct", Quantization.NONE);
        SizingRequest shortModel = request("meta-llama/Llama-2-7b-chat-hf", Quantization.NONE);

        assertThat(longModel.context()).isEqualTo(8192);
        assertThat(shortModel.context()).isEqualTo(4096);
    }

    @Test
    void asManyRequestsRunAtOnceAsTheCacheCarriesBetweenTheWorkloadsAnd256() {
        ReplicaShape tight = chosen(LLAMA_8B, Candidates.ofTypes("g5.2xlarge")).shape();
        ReplicaShape roomy =
                chosen(LLAMA_8B, Candidates.ofTypes("p4d.24xlarge")).shape();

        assertThat(tight.maxConcurrentRequests()).isEqualTo(16);
        assertThat(roomy.maxConcurrentRequests()).isBetween(64, 256);
        assertThat(chosen(LLAMA_8B, Candidates.ofTypes("p5.4xlarge")).shape().maxConcurrentRequests())
                .isEqualTo(256);
    }

    @Test
    void theUsersMaximumStandsAndSaysWhatItMeans() {
        InstanceChoice.Chosen low = chosen(
                LLAMA_8B.withLimits(EngineLimits.DEFAULT.withMaxConcurrentRequests(4)),
                Candidates.ofTypes("g5.2xlarge"));
        InstanceChoice.Chosen high = chosen(
                LLAMA_8B.withLimits(EngineLimits.DEFAULT.withMaxConcurrentRequests(64)),
                Candidates.ofTypes("g5.2xlarge"));

        assertThat(low.shape().maxConcurrentRequests()).isEqualTo(4);
        assertThat(low.notes())
                .containsExactly("maxConcurrentRequests 4 is below the workload's concurrency 8: the rest queue");
        assertThat(high.shape().maxConcurrentRequests()).isEqualTo(64);
        assertThat(high.notes()).singleElement().asString().contains("fewer than maxConcurrentRequests 64");
    }

    @Test
    void anAskedNumberOfGpusIsTakenAndShownWhereANodeHasFewer() {
        SizingRequest four = LLAMA_8B.withOverrides(new ReplicaOverrides(4, null, null));

        InstanceChoice.Chosen chosen = chosen(four, Candidates.ofFamilies("g5"));

        assertThat(chosen.first().type().name()).isEqualTo("g5.12xlarge");
        assertThat(chosen.shape().tensorParallel()).isEqualTo(4);
        assertThat(rejection(chosen, "g5.2xlarge")).isEqualTo("has 1 GPU, a replica asks for 4");
    }

    @Test
    void cpuAndMemoryTheUserFixedMustFitTheNodeBesideItsDaemons() {
        SizingRequest fixed = LLAMA_8B.withOverrides(new ReplicaOverrides(null, 8000, 24_576));

        InstanceChoice.Chosen chosen = chosen(fixed, Candidates.ofFamilies("g5"));

        assertThat(chosen.first().type().name()).isEqualTo("g5.4xlarge");
        assertThat(chosen.shape().host().cpuMillis()).isEqualTo(8000);
        assertThat(chosen.shape().host().memoryMiB()).isEqualTo(24_576);
        assertThat(rejection(chosen, "g5.2xlarge"))
                .isEqualTo("a replica needs 8000m CPU, the node leaves 7510m of 8000m");
    }

    @Test
    void aCacheInFp8HoldsTwiceTheTokens() {
        Sizing plain = chosen(LLAMA_8B, Candidates.ofTypes("g6.2xlarge")).first();
        Sizing halved = chosen(
                        LLAMA_8B.withPrecision(new Precision(DataType.AUTO, CacheType.FP8, null)),
                        Candidates.ofTypes("g6.2xlarge"))
                .first();

        assertThat((double) halved.cacheTokens()).isCloseTo(2.0 * plain.cacheTokens(), withPercentage(5));
    }

    @Test
    void quantizingAtLoadNeedsRoomForTheOriginalWeightsOnGpuAndDisk() {
        SizingRequest online = LLAMA_70B.withPrecision(new Precision(DataType.AUTO, CacheType.AUTO, Quantization.FP8));

        InstanceChoice.NothingFits nothing = nothingFits(online, Candidates.ofTypes("p5.4xlarge"));
        Sizing sizing = chosen(online, Candidates.ofTypes("p5.48xlarge")).first();

        assertThat(nothing.closestMiss())
                .hasValueSatisfying(miss -> assertThat(miss.line()).startsWith("p5.4xlarge:"));
        assertThat(sizing.weightsGiBPerGpu() * sizing.shape().gpus()).isBetween(66.0, 70.0);
        assertThat(sizing.shape().gpus()).isEqualTo(2);
        assertThat(sizing.shape().host().ephemeralStorageGiB()).isGreaterThan(144);
    }

    @Test
    void anOlderEngineKeepsItsCudaGraphsBesideTheBudget() {
        SizingRequest greedy =
                LLAMA_8B.withEngine(EngineGeneration.of("0.18.1")).withLimits(new EngineLimits(null, null, null, 0.98));

        assertThat(nothingFits(greedy, Candidates.ofTypes("g5.2xlarge")).message())
                .contains(
                        "gpuMemoryUtilization 0.98 leaves 0.4 GiB, CUDA graphs of this vLLM version need 0.9 beside it");
    }

    @Test
    void theLargestContextThatFitsFits() {
        SizingRequest longModel = request("meta-llama/Llama-3.1-8B-Instruct", Quantization.NONE);
        int largest = chosen(longModel, Candidates.ofTypes("g5.2xlarge"))
                .first()
                .concurrency()
                .largestContext();

        assertThat(largest).isBetween(8192, 131_071);
        assertThat(chosen(
                                longModel.withLimits(EngineLimits.DEFAULT.withContextLength(largest)),
                                Candidates.ofTypes("g5.2xlarge"))
                        .shape()
                        .contextLength())
                .isEqualTo(largest);
    }

    @Test
    void aSlidingWindowLetsAModelCarryMoreRequestsThanItsTokenCountSays() {
        Sizing gemma = chosen(
                        request("google/gemma-3-12b-it", Quantization.NONE)
                                .withLimits(EngineLimits.DEFAULT.withContextLength(32_768)),
                        Candidates.ofTypes("g6e.2xlarge"))
                .first();

        assertThat(gemma.concurrency().atFullContext() * 32_768).isGreaterThan(2.0 * gemma.cacheTokens());
    }

    @Test
    void aModelThatOnlyTheSpecKnowsIsSizedTheSameWay() {
        Architecture given =
                Architecture.ofDense(70_553_706_496L, new Architecture.Depth(80, 8192), 64, 8, 128, 128_256);
        SizingRequest fromSpec = SizingRequest.of(
                new ModelFacts(given, "spec.model.architecture", WeightFormat.of(Quantization.AWQ), WeightSource.S3));

        assertThat(chosen(fromSpec, Candidates.ofFamilies()).first().type().name())
                .isEqualTo("g5.12xlarge");
    }

    @Test
    void aColdStartTellsItsSteps() {
        ColdStart huggingFace =
                chosen(LLAMA_70B, Candidates.ofTypes("p4d.24xlarge")).first().coldStart();
        SizingRequest fromS3 = LLAMA_70B.withModel(new ModelFacts(
                LLAMA_70B.architecture(), "catalogue", LLAMA_70B.model().checkpoint(), WeightSource.S3));

        assertThat(huggingFace.seconds()).isBetween(300, 600);
        assertThat(huggingFace.sentence())
                .contains("node 120 s")
                .contains("weights 131.4 GiB from Hugging Face at 0.6 GiB/s 220 s");
        assertThat(chosen(fromS3, Candidates.ofTypes("p4d.24xlarge")).first().coldStartSeconds())
                .isLessThan(huggingFace.seconds());
    }

    @Test
    void whereNothingFitsEveryWayOutHasBeenTried() {
        SizingRequest demanding = LLAMA_70B.withWorkload(new Workload(6000, 2000, 64));

        InstanceChoice.NothingFits nothing = nothingFits(demanding, Candidates.ofFamilies("g5"));

        assertThat(nothing.remedies())
                .anySatisfy(remedy -> assertThat(remedy).startsWith("spec.workload.concurrency"))
                .anySatisfy(remedy -> assertThat(remedy).contains("if spec.compute allows it"));
    }
}
