package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt;
import io.llmservice.gateway.request.Usage;
import java.util.List;

/** Tells attempts their first token and their end once, however many things end a request at the same time. */
final class OnceAttempt implements Attempt {

    private final List<Attempt> attempts;
    private boolean begun;
    private boolean ended;

    /**
     * @param attempts one, or also that of the sibling's pod which answers for a target
     */
    OnceAttempt(Attempt... attempts) {
        this.attempts = List.of(attempts);
    }

    @Override
    public void firstToken() {
        if (!begun && !ended) {
            begun = true;
            attempts.forEach(Attempt::firstToken);
        }
    }

    @Override
    public void progress() {
        if (!ended) {
            attempts.forEach(Attempt::progress);
        }
    }

    @Override
    public void end(Outcome outcome, Usage usage) {
        if (!ended) {
            ended = true;
            attempts.forEach(attempt -> attempt.end(outcome, usage));
        }
    }
}
