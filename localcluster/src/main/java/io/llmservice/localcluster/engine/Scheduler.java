package io.llmservice.localcluster.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who runs and who waits: as many sequences as there are slots, the rest first come, first served, and a KV cache whose
 * blocks the running ones fill. One that finds the cache full is preempted and waits at the head of the queue.
 */
final class Scheduler {
    private final int slots;
    private final OptionalInt maxInFlight;
    private final int blockSize;
    private final int totalBlocks;

    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final Set<Sequence> running = new HashSet<>();
    private int usedBlocks;
    private long preemptions;
    private long rejections;
    private boolean draining;

    /**
     * @param slots how many sequences run at once ({@code --max-num-seqs})
     * @param maxInFlight how many may run and wait together ({@code --max-num-queued-reqs})
     * @param cacheTokens how many tokens the KV cache holds
     */
    Scheduler(int slots, OptionalInt maxInFlight, int blockSize, int cacheTokens) {
        this.slots = slots;
        this.maxInFlight = maxInFlight;
        this.blockSize = blockSize;
        this.totalBlocks = Math.max(1, cacheTokens / blockSize);
    }

    /** What the gauges show. */
    record Load(int running, int waiting, double cacheUsage, long preemptions, long rejections) {}

    /** A request that is admitted; closing it frees its slot and its blocks. */
    final class Sequence implements AutoCloseable {
        private int blocks;
        private boolean closed;

        /** Waits until there is a slot, and room in the cache for {@code tokens}. */
        void awaitSlot(int tokens) throws InterruptedException {
            schedule(this, tokens);
        }

        /** Makes room for the sequence to have {@code tokens} tokens; waits if the cache is full. */
        void grow(int tokens) throws InterruptedException {
            growTo(this, tokens);
        }

        @Override
        public void close() {
            release(this);
        }
    }

    /** A full queue. */
    static final class BusyException extends Exception {}

    /** The engine is about to end and takes nothing new. */
    static final class DrainingException extends Exception {}

    /** Takes a request into the queue. */
    synchronized Sequence admit() throws BusyException, DrainingException {
        if (maxInFlight.isPresent() && running.size() + waiting.size() >= maxInFlight.getAsInt()) {
            rejections++;
            throw new BusyException();
        }
        if (draining) {
            throw new DrainingException();
        }
        Sequence sequence = new Sequence();
        waiting.addLast(sequence);
        return sequence;
    }

    /** From now on nothing new is admitted; what runs or waits goes on. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /** Waits until nothing runs and nothing waits; false if that took longer than {@code patience}. */
    synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!running.isEmpty() || !waiting.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized Load load() {
        return new Load(running.size(), waiting.size(), (double) usedBlocks / totalBlocks, preemptions, rejections);
    }

    private synchronized void schedule(Sequence sequence, int tokens) throws InterruptedException {
        int needed = blocks(tokens);
        while (waiting.peekFirst() != sequence || running.size() >= slots || usedBlocks + needed > totalBlocks) {
            wait();
        }
        waiting.removeFirst();
        running.add(sequence);
        sequence.blocks = needed;
        usedBlocks += needed;
        notifyAll();
    }

    private synchronized void growTo(Sequence sequence, int tokens) throws InterruptedException {
        int more = blocks(tokens) - sequence.blocks;
        if (more <= 0) {
            return;
        }
        if (usedBlocks + more > totalBlocks && running.size() > 1) {
            preemptions++;
            running.remove(sequence);
            usedBlocks -= sequence.blocks;
            sequence.blocks = 0;
            waiting.addFirst(sequence);
            notifyAll();
            schedule(sequence, tokens);
            return;
        }
        sequence.blocks += more;
        usedBlocks += more;
    }

    private synchronized void release(Sequence sequence) {
        if (sequence.closed) {
            return;
        }
        sequence.closed = true;
        if (!running.remove(sequence)) {
            waiting.remove(sequence);
        }
        usedBlocks -= sequence.blocks;
        sequence.blocks = 0;
        notifyAll();
    }

    private int blocks(int tokens) {
        return Math.min(totalBlocks, (tokens + blockSize - 1) / blockSize);
    }
}
