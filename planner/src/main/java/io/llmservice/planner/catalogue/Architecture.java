package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import org.jspecify.annotations.Nullable;

/** The shape of a model: all that its weights, its cache and its working memory follow from. */
public record Architecture(
        long parameters,
        Depth depth,
        Attention attention,
        FeedForward feedForward,
        Vocabulary vocabulary,
        @Nullable Integer maximumContext) {
    /** AWQ and GPTQ of latent attention keep the absorbed projections in 16 bits: such checkpoints are 21 % larger. */
    private static final double LATENT_FOUR_BIT = 1.21;

    /** Layers, and the width of the residual stream between them. */
    public record Depth(int layers, int hiddenSize) {
        public Depth {
            if (layers <= 0 || hiddenSize <= 0) {
                throw new IllegalArgumentException("layers and hidden size must be above 0");
            }
        }
    }

    public Architecture {
        if (parameters <= 0) {
            throw new IllegalArgumentException("parameters must be above 0");
        }
        if (maximumContext != null && maximumContext <= 0) {
            throw new IllegalArgumentException("maximum context must be above 0");
        }
        long embeddings = vocabulary.embeddingParameters(depth.hiddenSize());
        if (parameters <= embeddings) {
            throw new IllegalArgumentException(
                    "parameters (" + parameters + ") do not even hold the embeddings, vocabulary × hidden size × "
                            + (vocabulary.tiedEmbeddings() ? 1 : 2) + " = " + embeddings);
        }
    }

    /**
     * The architecture that the seven fields of {@code spec.model.architecture} describe: dense, full attention, the context unstated.
     * The intermediate size is what the parameters leave for three matrices a layer.
     */
    public static Architecture ofDense(
            long parameters,
            Depth depth,
            int attentionHeads,
            int keyValueHeads,
            int headDimension,
            int vocabularySize) {
        Attention attention = new Attention(attentionHeads, keyValueHeads, headDimension, new CacheLayout.Full());
        long untied = new Vocabulary(vocabularySize, false).embeddingParameters(depth.hiddenSize());
        // Untied is the larger of the two readings where the parameters allow it.
        Vocabulary vocabulary = new Vocabulary(vocabularySize, parameters <= untied);
        long attentionPerLayer = 2L * depth.hiddenSize() * headDimension * (attentionHeads + (long) keyValueHeads);
        long rest =
                parameters - vocabulary.embeddingParameters(depth.hiddenSize()) - attentionPerLayer * depth.layers();
        long intermediate = rest / (3L * depth.hiddenSize() * depth.layers());
        FeedForward feedForward =
                new FeedForward((int) Math.clamp(intermediate, depth.hiddenSize(), 16L * depth.hiddenSize()), null);
        return new Architecture(parameters, depth, attention, feedForward, vocabulary, null);
    }

    public int layers() {
        return depth.layers();
    }

    public int hiddenSize() {
        return depth.hiddenSize();
    }

    /** Parameters at work on each token: all of them, or those of the chosen experts. */
    public long activeParameters() {
        FeedForward.Experts experts = feedForward.experts();
        return experts == null ? parameters : experts.activeParameters();
    }

    /** Whether heads and feed-forward parts can be dealt evenly to so many GPUs. */
    public boolean divides(int tensorParallel) {
        return attention.divides(tensorParallel);
    }

    /** Bytes of the whole checkpoint, in the usual format of this quantization. */
    public long weightBytes(Quantization quantization, DataType dataType) {
        return weightBytes(WeightFormat.of(quantization), dataType);
    }

    /** Bytes of the whole checkpoint, on disk or on one GPU. */
    public long weightBytes(WeightFormat format, DataType dataType) {
        return weightBytesPerGpu(format, dataType, 1);
    }

    /**
     * Bytes of weights on each of so many GPUs: an even share, copied key-value heads where the GPUs outnumber them, and the rotary table.
     * Embeddings stay at 16 bits in every quantized format; MXFP4 leaves all but the experts so.
     */
    public long weightBytesPerGpu(WeightFormat format, DataType dataType, int tensorParallel) {
        int plain = WeightFormat.bytesOf(dataType);
        double bytes = format.bytesPerWeight(dataType);
        double perGpu = format.quantization() == Quantization.MXFP4 && feedForward.experts() != null
                ? expertBytesPerGpu(feedForward.experts(), bytes, plain, tensorParallel)
                : evenShare(format, bytes, plain) / tensorParallel;
        return Math.round(perGpu + copiedKeyValueBytes(bytes, tensorParallel) + rotaryTableBytes());
    }

    /** Bytes that one token takes in the cache of each of so many GPUs. */
    public long keyValueBytesPerToken(int bytesPerElement, int tensorParallel) {
        CacheLayout cache = attention.cache();
        long layers = cache.cachingLayers(depth.layers());
        if (cache instanceof CacheLayout.Latent latent) {
            return layers * latent.elements() * bytesPerElement;
        }
        return 2L
                * layers
                * attention.keyValueHeadsPerGpu(tensorParallel)
                * attention.headDimension()
                * bytesPerElement;
    }

    private double evenShare(WeightFormat format, double bytes, int plain) {
        long embeddings = vocabulary.embeddingParameters(depth.hiddenSize());
        boolean fourBit = format.quantization() == Quantization.AWQ || format.quantization() == Quantization.GPTQ;
        double factor = fourBit && attention.cache() instanceof CacheLayout.Latent ? LATENT_FOUR_BIT : 1;
        return (embeddings * (double) plain + (parameters - embeddings) * bytes) * factor;
    }

    /**
     * vLLM's MXFP4 kernels pad each GPU's slice of an expert to 128 and the hidden size to 256. Some models have experts in every other
     * layer only, so the count by shape is bounded by the parameters there are.
     */
    private double expertBytesPerGpu(FeedForward.Experts experts, double bytes, int plain, int tensorParallel) {
        long byShape = 3L * depth.layers() * experts.count() * experts.intermediateSize() * depth.hiddenSize();
        long inExperts = Math.min(byShape, parameters - vocabulary.embeddingParameters(depth.hiddenSize()));
        long slice = 128L * Math.ceilDiv(Math.ceilDiv(experts.intermediateSize(), tensorParallel), 128);
        long hidden = 256L * Math.ceilDiv(depth.hiddenSize(), 256);
        double padded = slice * (double) hidden / ((double) experts.intermediateSize() * depth.hiddenSize());
        return inExperts * padded * bytes + (parameters - inExperts) * (double) plain / tensorParallel;
    }

    private double copiedKeyValueBytes(double bytes, int tensorParallel) {
        if (attention.cache() instanceof CacheLayout.Latent || tensorParallel <= attention.keyValueHeads()) {
            return 0;
        }
        double share = attention.keyValueHeads() / (double) tensorParallel;
        return 2.0 * depth.layers() * depth.hiddenSize() * attention.headDimension() * (1 - share) * bytes;
    }

    /** vLLM keeps cosines and sines for every position in 16 bits: 32 MiB for Llama 3.1's 131,072. */
    private long rotaryTableBytes() {
        return maximumContext == null ? 0 : 2L * maximumContext * attention.headDimension();
    }
}
