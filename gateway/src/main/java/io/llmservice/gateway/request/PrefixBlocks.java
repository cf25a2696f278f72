package io.llmservice.gateway.request;

/**
 * Chained hashes of a prompt's blocks from its beginning: two prompts share a prefix of as many blocks as their lists have
 * equal first entries. Nothing of the prompt can be read from them.
 */
public final class PrefixBlocks {

    public static final PrefixBlocks NONE = new PrefixBlocks(new long[0]);

    private final long[] hashes;

    /**
     * @param hashes one for each whole block; the array is not copied and must not change
     */
    public PrefixBlocks(long[] hashes) {
        this.hashes = hashes;
    }

    public int size() {
        return hashes.length;
    }

    /** Hash of the prompt up to and with block {@code index}. */
    public long hash(int index) {
        return hashes[index];
    }
}
