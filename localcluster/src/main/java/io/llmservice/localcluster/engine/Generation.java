package io.llmservice.localcluster.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Produces one answer at the engine's pace, in a slot of its scheduler. */
final class Generation {
    private final EngineOptions options;
    private final TextModel model;
    private final EngineMetrics metrics;
    private final PrefixCache prefixes;

    Generation(EngineOptions options, TextModel model, EngineMetrics metrics, PrefixCache prefixes) {
        this.options = options;
        this.model = model;
        this.metrics = metrics;
        this.prefixes = prefixes;
    }

    /**
     * One more token of an answer.
     *
     * @param text what it adds, which may be nothing
     * @param finish why the answer ends with it ({@code stop} or {@code length}), or null if it does not
     * @param stop the stop string that ended it, if one did
     */
    record Token(
            int id,
            String text,
            @Nullable String finish,
            @Nullable String stop) {}

    /** Takes an answer as it comes. */
    interface Sink {
        /** Before the first token. */
        void begin() throws IOException;

        void token(Token token) throws IOException;
    }

    /**
     * Waits for a slot and generates the whole answer.
     *
     * @throws InterruptedException if the client left or the engine is ended by force
     * @throws IOException if the client can't be written to
     */
    void run(GenerationRequest request, Scheduler.Sequence sequence, Sink sink)
            throws InterruptedException, IOException {
        List<Integer> prompt = request.prompt();
        Stopwatch sinceArrival = new Stopwatch();
        sequence.awaitSlot(prompt.size());
        metrics.queued(sinceArrival.elapsed());
        Stopwatch sinceScheduled = new Stopwatch();
        int cached = prefixes.lookUp(prompt);
        metrics.prompt(prompt.size(), cached);
        Thread.sleep(options.pace().untilFirstToken(prompt.size() - cached));

        TextModel.Answer answer = model.answer(prompt);
        StopText stops = new StopText(request.stops());
        Stopwatch sinceToken = new Stopwatch();
        for (int count = 1; ; count++) {
            sequence.grow(prompt.size() + count);
            boolean first = count == 1;
            if (first) {
                metrics.firstToken(sinceArrival.elapsed());
                sink.begin();
            } else {
                metrics.nextToken(sinceToken.elapsed());
            }
            sinceToken = new Stopwatch();
            metrics.token();
            Token token = next(answer, stops, request.length(), count);
            sink.token(token);
            if (token.finish() != null) {
                metrics.finished(
                        token.finish(), prompt.size(), count, sinceArrival.elapsed(), sinceScheduled.elapsed());
                return;
            }
            Thread.sleep(options.pace().betweenTokens());
        }
    }

    private Token next(TextModel.Answer answer, StopText stops, GenerationRequest.Length length, int count) {
        int id = answer.next(length.endless() || count <= length.least());
        if (id == TextModel.END) {
            return new Token(id, stops.rest(), "stop", null);
        }
        String text = stops.take(model.text(id));
        if (stops.found() != null) {
            return new Token(id, text, "stop", stops.found());
        }
        boolean full = count >= length.most();
        return new Token(id, full ? text + stops.rest() : text, full ? "length" : null, null);
    }

    /** Time from its making. */
    private static final class Stopwatch {
        private final long started = System.nanoTime();

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }
}
