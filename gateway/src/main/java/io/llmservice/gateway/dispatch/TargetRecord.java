package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.choice.PodHealth;
import io.llmservice.gateway.choice.PodHealth.In;
import io.llmservice.gateway.choice.PodHealth.Out;
import io.llmservice.gateway.choice.PodHealth.Trial;
import java.time.Duration;
import java.time.Instant;

/** What one replica knows of one target: one that keeps failing is left alone for a growing while. */
final class TargetRecord {

    private static final int FAILURES = 5;

    private PodHealth health = In.NEW;

    boolean usable(Instant now) {
        return switch (health) {
            case In in -> true;
            case Out out -> out.due(now);
            case Trial trial -> false;
        };
    }

    /** A request goes there; true if it is the one that tries the target again. */
    boolean begin(Instant now) {
        if (health instanceof Out out) {
            health = out.tryAgain(now);
            return true;
        }
        return false;
    }

    /** Whole seconds until it may be tried again, at least one. */
    int secondsLeft(Instant now) {
        return health instanceof Out out
                ? (int) Math.max(
                        1, Math.ceilDiv(Duration.between(now, out.until()).toMillis(), 1000L))
                : 1;
    }

    void answered() {
        health = In.NEW;
    }

    void failed(boolean asTrial, Instant now) {
        if (health instanceof In in) {
            In next = in.failed();
            health = next.failures() >= FAILURES ? next.leaveOut(now) : next;
        } else if (asTrial && health instanceof Trial trial) {
            health = trial.failed(now);
        }
    }

    /** The attempt said nothing of the target. */
    void unknown(boolean asTrial, Instant now) {
        if (asTrial && health instanceof Trial trial) {
            health = trial.abandoned(now);
        }
    }
}
