package io.llmservice.planner.catalogue;

import org.jspecify.annotations.Nullable;

/** A model's feed-forward part: the width of the dense one, and the experts if it has any. */
public record FeedForward(int intermediateSize, @Nullable Experts experts) {
    public FeedForward {
        if (intermediateSize <= 0) {
            throw new IllegalArgumentException("intermediate size must be above 0");
        }
    }

    /** A mixture of experts: all are resident, a few work on each token. */
    public record Experts(int count, int perToken, int intermediateSize, long activeParameters) {
        public Experts {
            if (count <= 0 || perToken <= 0 || perToken > count || intermediateSize <= 0 || activeParameters <= 0) {
                throw new IllegalArgumentException(
                        "experts need a count, a number per token, a size and active parameters");
            }
        }
    }

    /** The widest intermediate result that one token produces. */
    public int widestIntermediate() {
        return experts == null
                ? intermediateSize
                : Math.max(intermediateSize, experts.perToken() * experts.intermediateSize());
    }
}
