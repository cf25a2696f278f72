package io.llmservice.gateway.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests have no full answer yet, and whether the gateway is about to close. Safe for several threads. */
public final class OpenRequests {

    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;

    void begun() {
        count.incrementAndGet();
    }

    void ended() {
        count.decrementAndGet();
    }

    public int count() {
        return count.get();
    }

    /** From now on connections are closed once they have their answers. */
    public void drain() {
        draining = true;
    }

    public boolean isDraining() {
        return draining;
    }
}
