package io.llmservice.planner.catalogue;

/** A model's attention: its heads, and how it caches keys and values. */
public record Attention(int heads, int keyValueHeads, int headDimension, CacheLayout cache) {
    public Attention {
        if (heads <= 0 || keyValueHeads <= 0 || headDimension <= 0) {
            throw new IllegalArgumentException("attention heads, key-value heads and head dimension must be above 0");
        }
        if (keyValueHeads > heads) {
            throw new IllegalArgumentException(
                    "key-value heads (" + keyValueHeads + ") cannot exceed attention heads (" + heads + ")");
        }
    }

    /** Whether the heads can be dealt evenly to so many GPUs; key-value heads may also be copied, a whole number of times. */
    public boolean divides(int tensorParallel) {
        return tensorParallel > 0
                && heads % tensorParallel == 0
                && (cache instanceof CacheLayout.Latent
                        || keyValueHeads % tensorParallel == 0
                        || tensorParallel % keyValueHeads == 0);
    }

    /** Key-value heads that one of so many GPUs holds. */
    public int keyValueHeadsPerGpu(int tensorParallel) {
        return Math.max(1, keyValueHeads / tensorParallel);
    }
}
