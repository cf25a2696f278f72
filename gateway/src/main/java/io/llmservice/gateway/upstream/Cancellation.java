package io.llmservice.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** Lets whoever waits for an answer give it up before its head has come. Confined to one event loop. */
public final class Cancellation {

    private @Nullable Runnable action;
    private boolean cancelled;

    /** What to do when the wait is given up; replaces what was to be done before, and is done at once if it was already. */
    public void whenCancelled(Runnable next) {
        if (cancelled) {
            next.run();
        } else {
            action = next;
        }
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** Gives up, once. */
    public void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        if (action != null) {
            action.run();
            action = null;
        }
    }
}
