package io.llmservice.localcluster.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers the blocks of prompts read before, the least recently used going first, as vLLM's prefix cache does. */
final class PrefixCache {
    private final int blockSize;
    private final Map<Long, Boolean> blocks;

    PrefixCache(int blockSize, int capacity) {
        this.blockSize = blockSize;
        this.blocks = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** How many leading tokens of {@code prompt} were read before; from now on all its whole blocks are. */
    synchronized int lookUp(List<Integer> prompt) {
        int cached = 0;
        boolean hit = true;
        long hash = 1;
        for (int start = 0; start + blockSize <= prompt.size(); start += blockSize) {
            for (int token : prompt.subList(start, start + blockSize)) {
                hash = hash * 0x5851F42D4C957F2DL + token;
            }
            hit = blocks.put(hash, true) != null && hit;
            cached += hit ? blockSize : 0;
        }
        // The last token is always computed, or there would be nothing to continue from.
        return Math.min(cached, Math.max(0, prompt.size() - 1));
    }
}
