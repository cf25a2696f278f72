package io.llmservice.gateway.aws;

import io.llmservice.gateway.aws.AwsFailure.Answer;
import io.llmservice.gateway.aws.AwsFailure.NoAnswer;
import io.llmservice.gateway.translate.ErrorBody;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of the SDK until the head of its answer is there. All state is touched on the caller's context. */
final class PendingCall {

    /** Names the fields of the request that were hints and went no further. */
    static final String DROPPED = "x-llmservice-dropped-fields";

    private final Context context;
    private final Failures failures;
    private final Promise<UpstreamResponse> promise = Promise.promise();
    private final long timer;
    private final Vertx vertx;
    private @Nullable CompletableFuture<?> work;

    PendingCall(Vertx vertx, Failures failures, Duration firstByteTimeout) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.failures = failures;
        this.timer = vertx.setTimer(Math.max(1, firstByteTimeout.toMillis()), id -> {
            if (promise.tryFail(failures.timedOut())) {
                cancelWork();
            }
        });
    }

    Context context() {
        return context;
    }

    Future<UpstreamResponse> future() {
        return promise.future();
    }

    /**
     * Makes the SDK start; off the event loop, as it may read credentials from files or over the network.
     *
     * @param start gives the future whose cancellation ends the work
     * @param done takes its result
     */
    <R> PendingCall start(Callable<CompletableFuture<R>> start, Consumer<R> done) {
        vertx.executeBlocking(start, false).onComplete(started -> {
            if (started.failed()) {
                fail(started.cause());
                return;
            }
            var running = started.result();
            work = running;
            if (promise.future().failed()) {
                cancelWork();
            }
            Future.fromCompletionStage(running, context).onComplete(result -> {
                if (result.succeeded()) {
                    read(result.result(), done);
                } else {
                    fail(result.cause());
                }
            });
        });
        return this;
    }

    /** An answer that cannot be read must end the call, not leave it to its timeout. */
    private <R> void read(R result, Consumer<R> done) {
        try {
            done.accept(result);
        } catch (RuntimeException unreadable) {
            fail(new UpstreamException(
                    UpstreamException.Cause.RESET, failures.resource() + " sent an answer that cannot be read.", null));
        }
    }

    /** A stream has begun. */
    void streaming(EventBody<?> body, List<String> dropped) {
        context.runOnContext(ignored -> {
            Runnable cancel = () -> {
                body.cancel();
                cancelWork();
            };
            if (!complete(new UpstreamResponse(200, headers("text/event-stream", dropped), body, cancel))) {
                cancel.run();
            }
        });
    }

    /** The whole answer is there. */
    void answered(Buffer document, List<String> dropped) {
        context.runOnContext(ignored -> complete(new UpstreamResponse(
                200, headers("application/json", dropped), new BufferBody(context, document), () -> {})));
    }

    /** No answer came, or an error; does nothing if the head was there before. */
    void fail(Throwable error) {
        context.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            switch (failures.of(error)) {
                case NoAnswer none -> promise.tryFail(none.exception());
                case Answer answer -> complete(error(answer.status(), answer.body()));
            }
        });
    }

    private UpstreamResponse error(int status, ErrorBody body) {
        var document = Buffer.buffer(body.document().toString());
        return new UpstreamResponse(
                status, headers("application/json", List.of()), new BufferBody(context, document), () -> {});
    }

    private boolean complete(UpstreamResponse response) {
        vertx.cancelTimer(timer);
        return promise.tryComplete(response);
    }

    private void cancelWork() {
        if (work != null) {
            work.cancel(true);
        }
    }

    private static MultiMap headers(String contentType, List<String> dropped) {
        var headers = HttpHeaders.headers().set(HttpHeaders.CONTENT_TYPE, contentType);
        if (!dropped.isEmpty()) {
            headers.set(DROPPED, String.join(", ", dropped));
        }
        return headers;
    }
}
