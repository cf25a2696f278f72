package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt;
import io.llmservice.gateway.request.Usage;

/** The attempt of whichever pod has a stream in hand now. */
final class HandedAttempt implements Attempt {

    private Attempt current;
    private boolean begun;

    HandedAttempt(Attempt first) {
        this.current = first;
    }

    /** Another pod goes on; the one before is told how it ended. */
    void handOver(Outcome outcome, Attempt next) {
        current.end(outcome, Usage.NONE);
        current = next;
        begun = false;
    }

    @Override
    public void firstToken() {
        begun = true;
        current.firstToken();
    }

    @Override
    public void progress() {
        if (!begun) {
            firstToken();
        }
        current.progress();
    }

    @Override
    public void end(Outcome outcome, Usage usage) {
        current.end(outcome, usage);
    }
}
