package io.llmservice.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;

/** Closes a connection on which no request comes, or comes too slowly. Confined to the connection's event loop. */
final class ConnectionGuard {

    private final Vertx vertx;
    private final HttpConnection connection;
    private final long keepAliveMillis;
    private long timer = -1;
    private boolean condemned;

    ConnectionGuard(Vertx vertx, HttpConnection connection, ServerLimits limits, Runnable whenClosed) {
        this.vertx = vertx;
        this.connection = connection;
        this.keepAliveMillis = limits.keepAlive().toMillis();
        connection.closeHandler(closed -> {
            disarm();
            whenClosed.run();
        });
        arm(limits.headTimeout().toMillis());
    }

    private void arm(long millis) {
        disarm();
        timer = vertx.setTimer(millis, id -> connection.close());
    }

    /** A request's head is here. */
    void begun() {
        disarm();
    }

    /** A request has had its answer. */
    void answered() {
        arm(keepAliveMillis);
    }

    /** Nothing more is taken from this connection. */
    void condemn() {
        condemned = true;
    }

    boolean isCondemned() {
        return condemned;
    }

    private void disarm() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
