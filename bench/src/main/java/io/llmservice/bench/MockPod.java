package io.llmservice.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server without a model: streams chunks at a set pace, or answers at once, and notes who leaves. */
final class MockPod {

    private static final Buffer CHUNK = Buffer.buffer(
            "data: {\"id\":\"chatcmpl-0123456789abcdef0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,"
                    + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"logprobs\":null,"
                    + "\"finish_reason\":null}]}\n\n");
    private static final Buffer USAGE = Buffer.buffer(
            "data: {\"id\":\"chatcmpl-0\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"bench\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":16,\"completion_tokens\":8}}\n\n");
    private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");
    private static final Buffer ANSWER = Buffer.buffer(
            "{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":1790000000,\"model\":\"bench\",\"choices\":[{\"index\":0,"
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"token\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":9,\"completion_tokens\":1}}");
    private static final Buffer BUSY = Buffer.buffer(
            "{\"error\":{\"message\":\"The engine is currently busy and cannot accept new requests.\",\"type\":\"Service Unavailable\",\"code\":503}}");

    /** How it answers. */
    record Pace(int tokens, long tokenMillis, int slots, long answerMillis) {

        static Pace stream(int tokens, long tokenMillis) {
            return new Pace(tokens, tokenMillis, Integer.MAX_VALUE, 0);
        }

        static Pace atOnce() {
            return new Pace(1, 1, Integer.MAX_VALUE, 0);
        }

        static Pace slots(int slots, long answerMillis) {
            return new Pace(1, 1, slots, answerMillis);
        }
    }

    private final Vertx vertx;
    private final Map<String, Long> leavers = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Pace pace = Pace.atOnce();
    private volatile HttpServer server;
    private final int port;

    MockPod(Vertx vertx, int port) {
        this.vertx = vertx;
        this.server = start(vertx, port, this::answer);
        this.port = server.actualPort();
    }

    int port() {
        return port;
    }

    void pace(Pace next) {
        pace = next;
    }

    /** When the connection of a request closed before its answer ended, by the request's path. */
    Map<String, Long> leavers() {
        return leavers;
    }

    /** Cuts every connection and listens no more, as a killed process does. */
    void kill() {
        server.close().await();
    }

    void revive() {
        server = start(vertx, port, this::answer);
    }

    private static HttpServer start(Vertx vertx, int port, io.vertx.core.Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setTcpNoDelay(true))
                .requestHandler(handler)
                .listen(port)
                .await();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.path().equals("/health")) {
                request.response().end();
            } else if (busy.incrementAndGet() > pace.slots()) {
                busy.decrementAndGet();
                request.response()
                        .setStatusCode(503)
                        .putHeader("Content-Type", "application/json")
                        .end(BUSY);
            } else if (streams(body)) {
                stream(request, pace);
            } else {
                complete(request, pace);
            }
        });
    }

    private static boolean streams(Buffer body) {
        // The field is near the end or the beginning of what the clients here send.
        var edge = body.getString(0, Math.min(body.length(), 200));
        return edge.contains("\"stream\":true");
    }

    private void complete(HttpServerRequest request, Pace pace) {
        Runnable end = () -> {
            busy.decrementAndGet();
            request.response().putHeader("Content-Type", "application/json").end(ANSWER);
        };
        if (pace.answerMillis() == 0) {
            end.run();
        } else {
            vertx.setTimer(pace.answerMillis(), timer -> end.run());
        }
    }

    private void stream(HttpServerRequest request, Pace pace) {
        var response = request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        int[] left = {pace.tokens()};
        var user = request.getHeader("x-request-id");
        long timer = vertx.setPeriodic(Math.max(1, pace.tokenMillis()), id -> {
            if (left[0]-- > 0) {
                response.write(CHUNK);
            } else {
                vertx.cancelTimer(id);
                busy.decrementAndGet();
                response.write(USAGE);
                response.end(DONE);
            }
        });
        response.write(CHUNK);
        response.closeHandler(closed -> {
            if (vertx.cancelTimer(timer)) {
                busy.decrementAndGet();
                if (user != null) {
                    leavers.put(user, System.nanoTime());
                }
            }
        });
    }

    Future<Void> close() {
        return server.close();
    }
}
