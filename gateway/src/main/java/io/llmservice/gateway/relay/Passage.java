package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.metrics.AnswerFigures;
import io.llmservice.gateway.request.OpenAiErrors;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer's bytes to the client, as fast as the client reads. Once it has begun there is no other attempt: what
 * fails then ends a stream with an error event, and cuts any other answer. Confined to one event loop.
 */
final class Passage {

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Way way;
    private final UpstreamResponse answer;
    private final Peek peek;
    private final @Nullable EventStream events;
    private final UsageScan usage;
    private final long idleNanos;
    private final long firstAt = System.nanoTime();

    private Consumer<Passage> whenOver = ended -> {};
    private Outcome outcome = Outcome.ANSWERED;
    private int promptCharacters;
    private long characters;
    private long lastAt = firstAt;
    private long timer = -1;
    private boolean over;

    Passage(Vertx vertx, HttpServerResponse response, Way way, Peek peek, Duration idle) {
        this.vertx = vertx;
        this.response = response;
        this.way = way;
        this.answer = peek.answer();
        this.peek = peek;
        this.events = peek.events().orElse(null);
        this.usage = events == null ? new UsageScan() : events.usage();
        this.idleNanos = idle.toNanos();
    }

    /**
     * Begins.
     *
     * @param prompt the prompt's characters, in case that its tokens must be estimated
     * @param ended told once, when all is over
     */
    void start(int prompt, Consumer<Passage> ended) {
        promptCharacters = prompt;
        whenOver = ended;
        writeHead();
        if (peek.held().length() > 0) {
            forward(events == null ? scanned(peek.held()) : peek.held());
        }
        if (peek.isEnded()) {
            finished();
            return;
        }
        ReadStream<Buffer> body = answer.body();
        response.drainHandler(drained -> body.resume());
        body.exceptionHandler(failure -> fail("The connection to the model was lost in the middle of the answer."));
        body.endHandler(end -> finished());
        body.handler(this::pass);
        arm(idleNanos);
        body.resume();
    }

    private void writeHead() {
        response.setStatusCode(answer.status());
        Headers.toClient(answer.headers(), way.translated(), response.headers());
        response.putHeader("x-llmservice-upstream", way.name());
        way.reason().ifPresent(reason -> response.putHeader("x-llmservice-fallback-reason", reason));
        String length = answer.headers().get("content-length");
        if (length != null && events == null) {
            response.putHeader("content-length", length);
        } else {
            response.setChunked(true);
        }
    }

    private void pass(Buffer chunk) {
        if (over) {
            return;
        }
        lastAt = System.nanoTime();
        way.attempt().progress();
        forward(events == null ? scanned(chunk) : events.accept(chunk));
    }

    private void forward(Buffer bytes) {
        if (bytes.length() > 0) {
            response.write(bytes);
            if (response.writeQueueFull()) {
                answer.body().pause();
            }
        }
    }

    private Buffer scanned(Buffer chunk) {
        byte[] bytes = chunk.getBytes();
        usage.scan(bytes, 0, bytes.length);
        characters += bytes.length;
        return chunk;
    }

    private void finished() {
        if (over) {
            return;
        }
        if (events == null) {
            way.attempt().firstToken();
            close(answer.status() >= 500 ? Outcome.FAILED_BEFORE_FIRST_BYTE : Outcome.ANSWERED);
            response.end();
        } else if (endsByClose() && !events.isDone()) {
            fail("The model's answer ended before it was complete.");
        } else {
            Buffer rest = events.rest();
            close(events.isFailed() ? Outcome.FAILED_MIDWAY : Outcome.ANSWERED);
            response.end(rest);
        }
    }

    /** Whether nothing but the connection's end says that the answer is complete. */
    private boolean endsByClose() {
        return answer.headers().get("content-length") == null
                && answer.headers().get("transfer-encoding") == null
                && !way.translated();
    }

    /** Ends an answer that can't be completed. */
    void fail(String message) {
        if (over) {
            return;
        }
        close(Outcome.FAILED_MIDWAY);
        answer.cancel().run();
        if (events == null) {
            response.reset();
            return;
        }
        Refusal refusal = Refusal.of(502, "server_error", "upstream_failed", message);
        Buffer event = events.isCut() ? Buffer.buffer("\n\n") : Buffer.buffer();
        response.end(event.appendBytes(OpenAiErrors.event(refusal)));
    }

    /** Ends the work upstream because the client is gone. */
    void abandon() {
        if (!over) {
            close(Outcome.CANCELLED);
            answer.cancel().run();
        }
    }

    private void close(Outcome how) {
        over = true;
        outcome = how;
        vertx.cancelTimer(timer);
        whenOver.accept(this);
    }

    /** One timer that looks when the last byte came is cheaper than one for each byte. */
    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), id -> {
            long silent = System.nanoTime() - lastAt;
            if (silent < idleNanos) {
                arm(idleNanos - silent);
            } else if (response.writeQueueFull()) {
                close(Outcome.CANCELLED);
                answer.cancel().run();
                response.reset();
            } else {
                fail("The model sent nothing for as long as the service allows (spec.gateway.timeouts.idle).");
            }
        });
    }

    Way way() {
        return way;
    }

    Outcome outcome() {
        return outcome;
    }

    /** What it came to. */
    AnswerFigures figures() {
        long tokens = events == null ? 0 : events.events();
        return new AnswerFigures(answer.status(), used(), tokens, lastAt - firstAt);
    }

    private Usage used() {
        Optional<Usage> said = usage.usage();
        if (said.isPresent() || answer.status() >= 400) {
            return said.orElse(Usage.NONE);
        }
        long output = events == null ? (characters + 3) / 4 : events.events();
        return new Usage((promptCharacters + 3) / 4, output, true);
    }
}
