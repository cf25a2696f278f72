package io.llmservice.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be in hand at the same time, on all connections together. Safe for several threads. */
final class BodyRoom {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyRoom(long most) {
        this.most = most;
    }

    /** Whether there is room; it is then taken. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
