package io.llmservice.standins.dataplane;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How a stand-in behaves right now; a test or the demo changes it while it runs. */
public final class Behaviour {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger faultsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Fault fault = Fault.NONE;
    private volatile Answers answers;
    private volatile Duration beforeFirstToken = Duration.ZERO;
    private volatile Duration perToken = Duration.ZERO;

    public Behaviour(Answers answers) {
        this.answers = answers;
    }

    /** Every request from now on has this fault. */
    public void fail(Fault next) {
        faultsLeft.set(Integer.MAX_VALUE);
        fault = next;
    }

    /** As many requests from now on have this fault, and then none. */
    public void fail(Fault next, int times) {
        faultsLeft.set(times);
        fault = next;
    }

    public void answer(Answers next) {
        answers = next;
    }

    /** How long the first token and each of the others takes. */
    public void pace(Duration first, Duration each) {
        beforeFirstToken = first;
        perToken = each;
    }

    public Answers answers() {
        return answers;
    }

    /** The fault of the next request. */
    public Fault take() {
        Fault now = fault;
        if (now == Fault.NONE) {
            return now;
        }
        return faultsLeft.getAndUpdate(left -> left > 0 && left < Integer.MAX_VALUE ? left - 1 : left) > 0
                ? now
                : Fault.NONE;
    }

    /** Waits as the pace says. */
    public void pause(Exchange exchange, boolean first) throws IOException {
        exchange.pause(first ? beforeFirstToken : perToken);
    }

    /** Waits until the client leaves. */
    public void hang(Exchange exchange) throws IOException {
        exchange.pause(HOUR);
    }
}
