package io.llmservice.localcluster.nodes;

import java.time.Duration;

/**
 * How long a container that ended waits before it runs again: not at all the first time, then {@code first}, then twice
 * as long each time, at most {@code max}.
 *
 * <p>Kubelet has 10 s and 5 min.
 */
public record RestartBackoff(Duration first, Duration max) {
    public RestartBackoff {
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("0 <= first <= max, not " + first + " and " + max);
        }
    }

    /** The pause before the restart with this number, counted from 1. */
    Duration before(int restart) {
        if (restart <= 1) {
            return Duration.ZERO;
        }
        Duration pause = first;
        for (int i = 2; i < restart && pause.compareTo(max) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(max) < 0 ? pause : max;
    }
}
