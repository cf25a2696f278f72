package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** So many clients that ask one after another until it is closed, each time of any ready pod. Loopback only. */
final class Load implements AutoCloseable {

    private static final int MAX_TOKENS = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger answers = new AtomicInteger();
    private final ModelClient client = new ModelClient();

    Load(int clients, String model, Supplier<List<Pod>> pods) {
        for (int number = 0; number < clients; number++) {
            var prompt = "Client " + number + " asks for a long story.";
            Thread.ofVirtual().start(() -> ask(model, prompt, pods));
        }
    }

    /** Complete answers so far. */
    int answers() {
        return answers.get();
    }

    private void ask(String model, String prompt, Supplier<List<Pod>> pods) {
        while (running.get()) {
            var ready = pods.get();
            if (ready.isEmpty()) {
                pause();
                continue;
            }
            var pod = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
            try {
                client.chat(pod, model, prompt, MAX_TOKENS, token -> {});
                answers.incrementAndGet();
            } catch (DemoFailure refused) {
                // A pod that is full or going says so; the next question goes to another.
                pause();
            }
        }
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
