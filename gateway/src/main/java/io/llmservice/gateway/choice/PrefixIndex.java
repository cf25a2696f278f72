package io.llmservice.gateway.choice;

import io.llmservice.gateway.request.PrefixBlocks;
import java.util.Arrays;

/**
 * Which blocks of prompts each pod has in its cache, as far as the gateway can know: for each pod the blocks it was sent,
 * least recently used out first, as the pods' own caches do. Bounded: some 40 bytes a block, in arrays that grow to the bound and
 * no further. Safe for several threads.
 *
 * <p>A prompt's blocks are touched from its end to its beginning, so a block never outlives those before it and the length of
 * a match is found by halving.
 */
public final class PrefixIndex {

    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 1024;

    private final int bound;
    private final PodLists pods = new PodLists();
    private long[] hashes = new long[FIRST_CAPACITY];
    private int[] owners = new int[FIRST_CAPACITY];
    private int[] newer = new int[FIRST_CAPACITY];
    private int[] older = new int[FIRST_CAPACITY];
    private int[] table = emptied(FIRST_CAPACITY * 2);
    private int used;
    private int free = NONE;

    /**
     * @param blocks most that are remembered, of all pods together
     */
    public PrefixIndex(int blocks) {
        bound = Math.max(1, blocks);
    }

    /**
     * Begins to remember a pod's blocks.
     *
     * @param blocks how many the pod's cache holds
     * @return its handle
     */
    public synchronized int open(int blocks) {
        return pods.open(blocks);
    }

    /** Changes how many blocks the pod's cache holds. */
    public synchronized void resize(int pod, int blocks) {
        pods.limit[pod] = Math.max(1, blocks);
        while (pods.size[pod] > pods.limit[pod]) {
            remove(pods.oldest[pod]);
        }
    }

    /** Forgets a pod; its handle may be given to another. */
    public synchronized void close(int pod) {
        while (pods.oldest[pod] != NONE) {
            remove(pods.oldest[pod]);
        }
        pods.close(pod);
    }

    /** How many leading blocks of the prompt the pod has. */
    public synchronized int matched(int pod, PrefixBlocks prefix) {
        int low = 0;
        int high = prefix.size();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (table[slot(pod, prefix.hash(middle - 1))] == NONE) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The pod was sent this prompt. */
    public synchronized void record(int pod, PrefixBlocks prefix) {
        // What the pod's cache cannot hold would only push out its own beginning.
        for (int i = Math.min(prefix.size(), Math.min(pods.limit[pod], bound)) - 1; i >= 0; i--) {
            touch(pod, prefix.hash(i));
        }
    }

    /** Blocks that are remembered, of all pods together. */
    public synchronized int size() {
        return pods.total();
    }

    /** Memory that the arrays take now. */
    public synchronized long bytes() {
        return 20L * hashes.length + 4L * table.length;
    }

    private void touch(int pod, long hash) {
        int slot = slot(pod, hash);
        if (table[slot] == NONE) {
            int node = allocate(pod);
            hashes[node] = hash;
            owners[node] = pod;
            // Making room may have moved the entries.
            table[slot(pod, hash)] = node;
            link(pod, node);
        } else if (pods.newest[pod] != table[slot]) {
            int node = table[slot];
            unlink(pod, node);
            link(pod, node);
        }
    }

    private int allocate(int pod) {
        if (pods.size[pod] >= pods.limit[pod]) {
            remove(pods.oldest[pod]);
        } else if (free == NONE && used == bound) {
            remove(pods.oldest[pods.longest()]);
        }
        if (free != NONE) {
            int node = free;
            free = newer[node];
            return node;
        }
        if (used == hashes.length) {
            grow();
        }
        return used++;
    }

    private void grow() {
        int capacity = (int) Math.min(bound, hashes.length * 2L);
        hashes = Arrays.copyOf(hashes, capacity);
        owners = Arrays.copyOf(owners, capacity);
        newer = Arrays.copyOf(newer, capacity);
        older = Arrays.copyOf(older, capacity);
        int slots = Integer.highestOneBit(capacity * 2 - 1) * 2;
        if (slots > table.length) {
            int[] nodes = table;
            table = emptied(slots);
            for (int node : nodes) {
                if (node != NONE) {
                    table[slot(owners[node], hashes[node])] = node;
                }
            }
        }
    }

    private void remove(int node) {
        int pod = owners[node];
        unlink(pod, node);
        vacate(slot(pod, hashes[node]));
        newer[node] = free;
        free = node;
    }

    /** Closes the gap that an entry leaves, so that no search ends too early. */
    private void vacate(int gap) {
        int mask = table.length - 1;
        int slot = gap;
        while (true) {
            slot = (slot + 1) & mask;
            int node = table[slot];
            if (node == NONE) {
                table[gap] = NONE;
                return;
            }
            int home = home(owners[node], hashes[node]);
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                table[gap] = node;
                gap = slot;
            }
        }
    }

    /** Where the entry is, or the empty slot where it would be. */
    private int slot(int pod, long hash) {
        int mask = table.length - 1;
        int slot = home(pod, hash);
        for (int node = table[slot]; node != NONE; node = table[slot]) {
            if (hashes[node] == hash && owners[node] == pod) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(int pod, long hash) {
        long mixed = (hash ^ (pod * 0x9E3779B97F4A7C15L)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed ^ (mixed >>> 32)) & (table.length - 1);
    }

    private void link(int pod, int node) {
        int head = pods.newest[pod];
        older[node] = head;
        newer[node] = NONE;
        if (head == NONE) {
            pods.oldest[pod] = node;
        } else {
            newer[head] = node;
        }
        pods.newest[pod] = node;
        pods.size[pod]++;
    }

    private void unlink(int pod, int node) {
        int before = newer[node];
        int after = older[node];
        if (before == NONE) {
            pods.newest[pod] = after;
        } else {
            older[before] = after;
        }
        if (after == NONE) {
            pods.oldest[pod] = before;
        } else {
            newer[after] = before;
        }
        pods.size[pod]--;
    }

    private static int[] emptied(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }
}
