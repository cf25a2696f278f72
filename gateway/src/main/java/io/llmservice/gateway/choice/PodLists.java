package io.llmservice.gateway.choice;

import java.util.Arrays;
import java.util.BitSet;

/** For each pod the ends and the length of its list of blocks, by handle. */
final class PodLists {

    private static final int NONE = -1;

    private final BitSet taken = new BitSet();
    int[] newest = new int[8];
    int[] oldest = new int[8];
    int[] size = new int[8];
    int[] limit = new int[8];

    int open(int blocks) {
        int pod = taken.nextClearBit(0);
        if (pod == newest.length) {
            newest = Arrays.copyOf(newest, pod * 2);
            oldest = Arrays.copyOf(oldest, pod * 2);
            size = Arrays.copyOf(size, pod * 2);
            limit = Arrays.copyOf(limit, pod * 2);
        }
        taken.set(pod);
        newest[pod] = NONE;
        oldest[pod] = NONE;
        size[pod] = 0;
        limit[pod] = Math.max(1, blocks);
        return pod;
    }

    void close(int pod) {
        taken.clear(pod);
    }

    /** The pod with most blocks, which gives way when the index is full. */
    int longest() {
        int longest = taken.nextSetBit(0);
        for (int pod = longest; pod >= 0; pod = taken.nextSetBit(pod + 1)) {
            longest = size[pod] > size[longest] ? pod : longest;
        }
        return longest;
    }

    int total() {
        return taken.stream().map(pod -> size[pod]).sum();
    }
}
