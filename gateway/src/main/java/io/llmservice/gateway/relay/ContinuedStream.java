package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of events made of those that several pods give one after the other. Confined to one event loop. */
final class ContinuedStream implements ReadStream<Buffer> {

    private final PlainChat chat;
    private final Heirs heirs;
    private final TokenLedger ledger = new TokenLedger();
    private final ContinuedChunks chunks = new ContinuedChunks(ledger);

    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable UpstreamResponse current;
    private EventCutter cutter = new EventCutter();
    private int turn;
    private boolean flowing;
    private boolean over;

    ContinuedStream(PlainChat chat, Heirs heirs) {
        this.chat = chat;
        this.heirs = heirs;
    }

    /** Reads on from another answer. */
    void read(UpstreamResponse answer) {
        if (over) {
            answer.cancel().run();
            return;
        }
        current = answer;
        cutter = new EventCutter();
        int its = ++turn;
        ReadStream<Buffer> body = answer.body();
        body.exceptionHandler(failure -> died(its, failure));
        body.endHandler(end -> ended(its));
        body.handler(bytes -> pass(its, bytes));
        if (flowing) {
            body.resume();
        }
    }

    private void pass(int its, Buffer bytes) {
        if (over || its != turn) {
            return;
        }
        Buffer passed = Buffer.buffer();
        for (byte[] event : cutter.accept(bytes.getBytes())) {
            passed.appendBuffer(chunks.accept(event));
            if (chunks.error() != null) {
                break;
            }
        }
        if (ledger.sent() > 0) {
            chat.forgetChat();
        }
        emit(passed);
        if (chunks.error() != null) {
            died(its, new IOException("the pod broke its answer off with an error"));
        }
    }

    private void ended(int its) {
        if (its != turn) {
            return;
        }
        if (chunks.isDone() || !chunks.isContinuable()) {
            emit(chunks.lastWords());
            end();
        } else {
            died(its, new IOException("the answer ended before it was complete"));
        }
    }

    private void died(int its, Throwable cause) {
        if (over || its != turn) {
            return;
        }
        if (chunks.isDone() || chunks.isFinished() || (chunks.isContinuable() && !chat.hasRoom(ledger))) {
            emit(chunks.ending());
            stop();
            end();
        } else if (chunks.isContinuable()) {
            stop();
            Outcome outcome = chunks.outcome();
            boolean rest = chunks.handOver();
            heirs.find(
                    outcome,
                    rest ? ApiRoute.COMPLETIONS : ApiRoute.CHAT_COMPLETIONS,
                    rest ? chat.rest(ledger) : chat.chat(),
                    found -> found.ifPresentOrElse(this::read, () -> fail(cause)));
        } else {
            emit(chunks.lastWords());
            fail(cause);
        }
    }

    private void emit(Buffer bytes) {
        if (!over && bytes.length() > 0 && handler != null) {
            handler.handle(bytes);
        }
    }

    private void end() {
        if (!over) {
            over = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            if (exceptionHandler != null) {
                exceptionHandler.handle(cause);
            }
        }
    }

    /** Ends the work, whoever has it in hand. */
    void cancel() {
        over = true;
        heirs.cancel();
        stop();
    }

    /** Nothing more is heard of the answer in hand; its end must not be taken for another death. */
    private void stop() {
        turn++;
        UpstreamResponse answer = current;
        current = null;
        if (answer != null) {
            answer.cancel().run();
        }
    }

    @Override
    public ContinuedStream handler(@Nullable Handler<Buffer> next) {
        handler = next;
        return this;
    }

    @Override
    public ContinuedStream endHandler(@Nullable Handler<Void> next) {
        endHandler = next;
        return this;
    }

    @Override
    public ContinuedStream exceptionHandler(@Nullable Handler<Throwable> next) {
        exceptionHandler = next;
        return this;
    }

    @Override
    public ContinuedStream pause() {
        flowing = false;
        if (current != null) {
            current.body().pause();
        }
        return this;
    }

    @Override
    public ContinuedStream resume() {
        flowing = true;
        if (current != null) {
            current.body().resume();
        }
        return this;
    }

    /** An event may give nothing to pass on, so that single ones can't be asked for. */
    @Override
    public ContinuedStream fetch(long amount) {
        return resume();
    }

    /** Who finds another answer to read on from. */
    interface Heirs {

        /**
         * Looks for a pod.
         *
         * @param dead how the attempt of the one before ended
         * @param found told once, unless it is cancelled; empty if nobody goes on
         */
        void find(Outcome dead, ApiRoute route, Buffer body, Consumer<Optional<UpstreamResponse>> found);

        /** Stops looking. */
        void cancel();
    }
}
