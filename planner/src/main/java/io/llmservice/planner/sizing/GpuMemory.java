package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;
import static io.llmservice.planner.sizing.Figures.hundredth;
import static io.llmservice.planner.sizing.Figures.tenth;

import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.Gpu;
import io.llmservice.planner.catalogue.WeightFormat;

/** How the memory of each GPU of a replica is spent, in GiB, and the tokens that its cache holds; a negative cache is a shortfall. */
public record GpuMemory(
        int gpus, double usableGiB, double utilization, double weightsGiB, double overheadGiB, long bytesPerToken) {
    /** vLLM hands out the cache in blocks of 16 tokens. */
    static final int BLOCK_TOKENS = 16;

    /**
     * Part of a GPU's memory that the plan does not count on. Published logs disagree with the overhead model by up to half a GiB on an
     * A10G, and a model that only just fits may not start.
     */
    private static final double HEADROOM = 0.03;

    /** The memory of one GPU when a request is served on so many, with room for so many sequences and so large a prefill batch. */
    public static GpuMemory of(SizingRequest request, Gpu gpu, int gpus, int sequences, int batchedTokens) {
        Architecture architecture = request.architecture();
        return new GpuMemory(
                gpus,
                gpu.usableGiB(),
                request.limits().gpuMemoryUtilization(),
                architecture.weightBytesPerGpu(
                                request.served(), request.precision().dataType(), gpus)
                        / Figures.GIB,
                overheadGiB(request, gpus, sequences, batchedTokens),
                architecture.keyValueBytesPerToken(request.precision().cacheBytes(), gpus));
    }

    /**
     * What the engine takes beside weights and cache: its base, the larger of the sampler's logits and the feed-forward peak of the profile
     * run, and CUDA graphs. The profile run samples at most 256 sequences.
     */
    private static double overheadGiB(SizingRequest request, int gpus, int sequences, int batchedTokens) {
        Architecture architecture = request.architecture();
        EngineGeneration engine = request.engine();
        double logits =
                Math.min(sequences, 256) * (double) architecture.vocabulary().size() * 4;
        double intermediate = architecture.feedForward().widestIntermediate() / (double) gpus;
        double feedForward = batchedTokens
                * (3 * intermediate + 4.0 * architecture.hiddenSize())
                * WeightFormat.bytesOf(request.precision().dataType());
        return engine.baseGiB()
                + engine.workspaceGiB()
                + Math.max(engine.logitsCopies() * logits, feedForward) / Figures.GIB
                + engine.graphsInBudgetGiB(gpus);
    }

    /** What {@code --gpu-memory-utilization} lets the engine use, GiB. */
    public double budgetGiB() {
        return usableGiB * utilization;
    }

    /** What is left for the cache, GiB; below 0 when weights and overhead alone do not fit. */
    public double cacheGiB() {
        return budgetGiB() - weightsGiB - overheadGiB;
    }

    /** What the plan keeps free against its own errors, GiB. */
    public double headroomGiB() {
        return usableGiB * HEADROOM;
    }

    /** Tokens that the replica's cache should hold, in whole blocks: what vLLM logs as its cache size. */
    public long cacheTokens() {
        return tokens(cacheGiB());
    }

    /** Tokens that the plan counts on: those of the cache less the headroom. */
    public long countedTokens() {
        return tokens(cacheGiB() - headroomGiB());
    }

    private long tokens(double gib) {
        long tokens = (long) Math.floor(Math.max(0, gib) * Figures.GIB / bytesPerToken);
        return tokens / BLOCK_TOKENS * BLOCK_TOKENS;
    }

    /** {@code weights 131.4 GiB / 8 GPUs = 16.4 GiB each; …}. */
    public String sentence() {
        return weightsSentence() + " + overhead " + tenth(overheadGiB) + " + cache " + tenth(cacheGiB()) + " = "
                + budgetSentence() + "; cache " + count(cacheTokens()) + " tokens at " + count(bytesPerToken)
                + " B a token and GPU, " + count(countedTokens()) + " of them counted on ("
                + hundredth(headroomGiB()) + " GiB headroom)";
    }

    /** {@code weights 131.4 GiB / 8 GPUs = 16.4 GiB each}. */
    String weightsSentence() {
        return gpus == 1
                ? "weights " + tenth(weightsGiB) + " GiB on 1 GPU"
                : "weights " + tenth(weightsGiB * gpus) + " GiB / " + gpus + " GPUs = " + tenth(weightsGiB)
                        + " GiB each";
    }

    /** {@code 19.9 GiB usable (22.06 × 0.90)}. */
    String budgetSentence() {
        return tenth(budgetGiB()) + " GiB usable (" + hundredth(usableGiB) + " × " + hundredth(utilization) + ")";
    }
}
