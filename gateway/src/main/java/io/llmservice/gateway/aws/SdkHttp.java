package io.llmservice.gateway.aws;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The SDK's requests over a client of Vert.x. The SDK's own clients close a cancelled connection only when its next bytes
 * come; here it is closed at once. What the SDK does not ask for is not read.
 */
final class SdkHttp implements SdkAsyncHttpClient {

    private final Vertx vertx;
    private final HttpClient client;

    /**
     * Makes one.
     *
     * @param client whose pool bounds the requests under way; closed by whoever made it
     */
    SdkHttp(Vertx vertx, HttpClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest execute) {
        var done = new CompletableFuture<Void>();
        vertx.getOrCreateContext()
                .runOnContext(ignored -> Future.join(body(execute), client.request(options(execute.request())))
                        .onFailure(error -> fail(execute, done, error))
                        .onSuccess(both -> send(execute, done, both.resultAt(1), both.resultAt(0))));
        return done;
    }

    @Override
    public String clientName() {
        return "Vertx";
    }

    /** The client is not ours. */
    @Override
    public void close() {}

    private void send(
            AsyncExecuteRequest execute, CompletableFuture<Void> done, HttpClientRequest request, Buffer body) {
        if (done.isDone()) {
            request.reset();
            return;
        }
        Future.fromCompletionStage(done).onFailure(cancelled -> request.reset());
        request.send(body)
                .onFailure(error -> fail(execute, done, error))
                .onSuccess(response -> receive(execute, done, request, response));
    }

    private void receive(
            AsyncExecuteRequest execute,
            CompletableFuture<Void> done,
            HttpClientRequest request,
            HttpClientResponse response) {
        response.pause();
        var head = SdkHttpFullResponse.builder().statusCode(response.statusCode());
        response.headers().forEach(head::appendHeader);
        var context = vertx.getOrCreateContext();
        var handler = execute.responseHandler();
        handler.onHeaders(head.build());
        handler.onStream(subscriber -> subscribe(subscriber, context, done, request, response));
    }

    private static void subscribe(
            Subscriber<? super ByteBuffer> subscriber,
            Context context,
            CompletableFuture<Void> done,
            HttpClientRequest request,
            HttpClientResponse response) {
        response.handler(buffer -> subscriber.onNext(ByteBuffer.wrap(buffer.getBytes())));
        response.exceptionHandler(error -> {
            if (done.completeExceptionally(error)) {
                subscriber.onError(error);
            }
        });
        response.endHandler(ignored -> {
            if (done.complete(null)) {
                subscriber.onComplete();
            }
        });
        subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long amount) {
                context.runOnContext(ignored -> response.fetch(amount));
            }

            @Override
            public void cancel() {
                context.runOnContext(ignored -> {
                    if (!done.isDone()) {
                        request.reset();
                    }
                });
            }
        });
    }

    private static void fail(AsyncExecuteRequest execute, CompletableFuture<Void> done, Throwable error) {
        if (done.completeExceptionally(error)) {
            execute.responseHandler().onError(error);
        }
    }

    private static RequestOptions options(SdkHttpRequest request) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method().name()))
                .setAbsoluteURI(request.getUri().toString());
        request.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host")) {
                values.forEach(value -> options.addHeader(name, value));
            }
        });
        return options;
    }

    private static Future<Buffer> body(AsyncExecuteRequest execute) {
        var body = Buffer.buffer();
        var whole = new CompletableFuture<Buffer>();
        execute.requestContentPublisher().subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                body.appendBytes(copy);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }

            @Override
            public void onComplete() {
                whole.complete(body);
            }
        });
        return Future.fromCompletionStage(whole);
    }
}
