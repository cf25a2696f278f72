package io.llmservice.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;

/**
 * Closes a connection on which no request comes, or comes too slowly, and knows which requests of it have no answer yet.
 * Confined to the connection's event loop.
 */
final class ConnectionGuard {

    private final Vertx vertx;
    private final HttpConnection connection;
    private final OpenRequests open;
    private final long keepAliveMillis;
    private long timer = -1;
    private int inHand;
    private boolean closed;
    private boolean condemned;

    ConnectionGuard(Vertx vertx, HttpConnection connection, ServerLimits limits, OpenRequests open) {
        this.vertx = vertx;
        this.connection = connection;
        this.open = open;
        this.keepAliveMillis = limits.keepAlive().toMillis();
        arm(limits.headTimeout().toMillis());
    }

    private void arm(long millis) {
        disarm();
        timer = vertx.setTimer(millis, id -> connection.close());
    }

    /** A request's head is here. */
    void begun() {
        disarm();
        inHand++;
        open.begun();
    }

    /** A request has had its answer. */
    void answered() {
        if (!closed) {
            inHand--;
            open.ended();
            arm(keepAliveMillis);
        }
    }

    /** The connection is gone, and with it whoever waited for an answer. */
    void closed() {
        closed = true;
        disarm();
        for (; inHand > 0; inHand--) {
            open.ended();
        }
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
