package io.llmservice.planner.catalogue;

/** The type of the values in the key-value cache; the words are those of vLLM's {@code --kv-cache-dtype}. */
public enum CacheType {
    /** The model's own 16 bits. */
    AUTO(2),
    FP8(1);

    private final int bytesPerElement;

    CacheType(int bytesPerElement) {
        this.bytesPerElement = bytesPerElement;
    }

    public int bytesPerElement() {
        return bytesPerElement;
    }
}
