package io.llmservice.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for something to be seen in the cluster. */
final class Watch {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Watch() {}

    /**
     * The first value seen.
     *
     * @throws DemoFailure naming what was waited for, if it does not come in time
     */
    static <T> T until(String what, Duration patience, Supplier<Optional<T>> look) {
        long deadline =
                System.nanoTime() + patience.multipliedBy(RealVllm.patience()).toNanos();
        while (System.nanoTime() < deadline) {
            var seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            pause();
        }
        throw new DemoFailure(what + " did not happen within " + patience.toSeconds() + " s");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }
}
