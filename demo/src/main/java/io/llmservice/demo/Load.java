package io.llmservice.demo;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** So many clients that ask one after another until it is closed, and what became of their requests. */
final class Load implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger byPods = new AtomicInteger();
    private final AtomicInteger byFallback = new AtomicInteger();
    private final ModelClient client = new ModelClient();
    private volatile @Nullable FirstFallback first;
    private volatile String lastRefusal = "";

    /**
     * The first piece of an answer that a fallback gave.
     *
     * @param at by the clock of {@link System#nanoTime}
     */
    record FirstFallback(long at, String target, String reason) {}

    /**
     * @param where an address to ask; without one the clients wait
     */
    Load(int clients, String model, int maxTokens, Supplier<Optional<URI>> where) {
        for (int number = 0; number < clients; number++) {
            var prompt = "Client " + number + " asks for a long story.";
            Thread.ofVirtual().start(() -> ask(model, prompt, maxTokens, where));
        }
    }

    /** Complete answers so far. */
    int answers() {
        return complete.get();
    }

    /** Answers that began and did not end. */
    int cut() {
        return cut.get();
    }

    /** Requests that got no first byte of an answer. */
    int refused() {
        return refused.get();
    }

    String lastRefusal() {
        return lastRefusal;
    }

    /** Complete answers that pods gave. */
    int byPods() {
        return byPods.get();
    }

    /** Complete answers that a fallback gave. */
    int byFallback() {
        return byFallback.get();
    }

    Optional<FirstFallback> firstFallback() {
        return Optional.ofNullable(first);
    }

    private void ask(String model, String prompt, int maxTokens, Supplier<Optional<URI>> where) {
        while (running.get()) {
            var base = where.get();
            if (base.isEmpty()) {
                pause();
                continue;
            }
            try {
                var fallback = new AtomicBoolean();
                boolean whole = client.chat(base.get(), model, prompt, maxTokens, piece -> note(piece, fallback));
                count(whole, fallback.get());
            } catch (DemoFailure failure) {
                // A pod that is full or going says so; the next question goes to another.
                refused.incrementAndGet();
                lastRefusal = String.valueOf(failure.getMessage());
                pause();
            }
        }
    }

    private void note(ModelClient.Piece piece, AtomicBoolean fallback) {
        piece.fallbackReason().ifPresent(reason -> {
            if (fallback.compareAndSet(false, true) && first == null) {
                first = new FirstFallback(System.nanoTime(), piece.upstream().orElse("?"), reason);
            }
        });
    }

    private void count(boolean whole, boolean fallback) {
        if (!whole) {
            cut.incrementAndGet();
            return;
        }
        complete.incrementAndGet();
        (fallback ? byFallback : byPods).incrementAndGet();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running.set(false);
    }
}
