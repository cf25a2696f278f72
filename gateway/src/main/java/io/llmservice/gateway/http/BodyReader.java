package io.llmservice.gateway.http;

import io.llmservice.gateway.relay.Answers;
import io.llmservice.gateway.relay.Relay;
import io.llmservice.gateway.request.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads one request's whole body, within limits of size and time. Confined to one event loop. */
final class BodyReader {

    /** What is set aside for a length that is only announced. */
    private static final int TRUSTED = 1024 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int most;
    private final BodyRoom room;
    private byte[] bytes = new byte[0];
    private int length;
    private long timer = -1;
    private boolean over;

    BodyReader(Vertx vertx, HttpServerRequest request, int most, BodyRoom room) {
        this.vertx = vertx;
        this.request = request;
        this.most = most;
        this.room = room;
    }

    /** Reads; the consumer is called once the body is here, and not at all if it is refused or its sender leaves. */
    void read(long timeoutMillis, Consumer<byte[]> whenRead) {
        long announced = announced();
        if (announced > most) {
            refuse(Relay.tooLarge(most));
            return;
        }
        bytes = new byte[(int) Math.min(Math.max(announced, 0), TRUSTED)];
        timer = vertx.setTimer(
                timeoutMillis,
                id -> refuse(Refusal.of(
                        408,
                        "invalid_request_error",
                        "request_timeout",
                        "The body took too long. Send it faster, or less of it.")));
        request.exceptionHandler(lost -> end());
        request.response().closeHandler(closed -> end());
        request.handler(this::append);
        request.endHandler(ended -> {
            if (!over) {
                byte[] body = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
                end();
                whenRead.accept(body);
            }
        });
    }

    private long announced() {
        String value = request.getHeader("content-length");
        try {
            return value == null ? -1 : Long.parseLong(value.strip());
        } catch (NumberFormatException strange) {
            return -1; // Netty has refused such a length already
        }
    }

    private void append(Buffer chunk) {
        if (over) {
            return;
        }
        int fresh = chunk.length();
        if (fresh > most - length) {
            refuse(Relay.tooLarge(most));
            return;
        }
        if (!room.take(fresh)) {
            refuse(Refusal.passing(
                    503,
                    "server_error",
                    "overloaded",
                    "The gateway is reading too much at the moment. Ask again soon.",
                    1));
            return;
        }
        if (length + fresh > bytes.length) {
            long larger = Math.max(length + (long) fresh, Math.min(most, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, (int) larger);
        }
        chunk.getBytes(0, fresh, bytes, length);
        length += fresh;
    }

    /** Refuses, and closes the connection: what is left of the body is not read. */
    private void refuse(Refusal refusal) {
        if (over) {
            return;
        }
        end();
        request.response().putHeader("connection", "close");
        Answers.refuse(request.response(), refusal)
                .onComplete(sent -> request.connection().close());
    }

    private void end() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            room.giveBack(length);
        }
    }
}
