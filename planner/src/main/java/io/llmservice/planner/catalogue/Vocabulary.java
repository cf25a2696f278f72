package io.llmservice.planner.catalogue;

/** A model's vocabulary, and whether input and output embeddings are one matrix. */
public record Vocabulary(int size, boolean tiedEmbeddings) {
    public Vocabulary {
        if (size <= 0) {
            throw new IllegalArgumentException("vocabulary size must be above 0");
        }
    }

    /** Parameters of the embedding matrices, which quantized checkpoints leave in 16 bits. */
    public long embeddingParameters(int hiddenSize) {
        return (tiedEmbeddings ? 1L : 2L) * size * hiddenSize;
    }
}
