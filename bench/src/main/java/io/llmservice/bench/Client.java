package io.llmservice.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A client on loopback that counts what comes back. */
final class Client {

    static final Buffer STREAM = Buffer.buffer(
            "{\"model\":\"bench\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Why do GPUs sit idle?\"}]}");
    static final Buffer POST = Buffer.buffer(
            "{\"model\":\"bench\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    static final Buffer LARGE_POST =
            Buffer.buffer("{\"model\":\"bench\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\""
                    + "GPUs sit idle. ".repeat(14_667) + "\"}]}");

    private final HttpClient http;

    /** Chunks that came, of all requests. */
    final LongAdder chunks = new LongAdder();

    Client(Vertx vertx) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true).setKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(4000));
    }

    /** How one request went: times are of {@link System#nanoTime}. */
    record Answer(int status, long sent, long firstByte, boolean whole) {

        /** Whether the client saw an error and no byte of an answer. */
        boolean failedBeforeFirstByte() {
            return status != 200;
        }

        long firstByteMicros() {
            return (firstByte - sent) / 1000;
        }
    }

    /** Sends one request; the future never fails. */
    Future<Answer> ask(int port, Buffer body) {
        long sent = System.nanoTime();
        Promise<Answer> answer = Promise.promise();
        request(port, "", body)
                .onSuccess(response -> {
                    long[] first = {0};
                    response.handler(bytes -> {
                        first[0] = first[0] == 0 ? System.nanoTime() : first[0];
                        chunks.increment();
                    });
                    response.endHandler(
                            end -> answer.tryComplete(new Answer(response.statusCode(), sent, first[0], true)));
                    response.exceptionHandler(
                            error -> answer.tryComplete(new Answer(response.statusCode(), sent, first[0], false)));
                })
                .onFailure(error -> answer.tryComplete(new Answer(0, sent, 0, false)));
        return answer.future();
    }

    /** Opens a stream and resets it after its first chunk; tells when it was reset, 0 if it never began. */
    Future<Long> askAndLeave(int port, String id, Vertx vertx) {
        Promise<Long> left = Promise.promise();
        request(port, id, STREAM)
                .onSuccess(response -> {
                    var once = new AtomicBoolean();
                    response.exceptionHandler(error -> left.tryComplete(0L));
                    response.handler(bytes -> {
                        if (once.compareAndSet(false, true)) {
                            left.tryComplete(System.nanoTime());
                            response.request().reset();
                        }
                    });
                })
                .onFailure(error -> left.tryComplete(0L));
        return left.future();
    }

    private Future<HttpClientResponse> request(int port, String id, Buffer body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/chat/completions")
                .putHeader("Content-Type", "application/json");
        if (!id.isEmpty()) {
            options.putHeader("x-request-id", id);
        }
        return http.request(options).compose(request -> request.send(body));
    }
}
