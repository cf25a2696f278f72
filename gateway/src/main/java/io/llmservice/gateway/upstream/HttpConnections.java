package io.llmservice.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections to upstreams, and how one request goes over them. Confined to the event loop that made it, so that
 * both sides of a stream are on one.
 */
public final class HttpConnections {

    /** Shorter than the five seconds after which uvicorn, which vLLM is served by, closes a connection. */
    private static final int KEEP_SECONDS = 4;

    private static final int MAX_PER_UPSTREAM = 10_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final Set<HttpConnection> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    public HttpConnections(Vertx vertx, Duration connectTimeout) {
        this.vertx = vertx;
        var options = new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_SECONDS)
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setTcpNoDelay(true)
                .setMaxHeaderSize(32 * 1024)
                .setVerifyHost(true);
        var pool = new PoolOptions().setHttp1MaxSize(MAX_PER_UPSTREAM).setMaxWaitQueueSize(-1);
        this.client = vertx.createHttpClient(options, pool);
    }

    /** Posts a body, and answers with the response's head and its body, paused. */
    Future<UpstreamResponse> post(HttpDestination destination, Post post, Cancellation cancellation) {
        return once(destination, post, cancellation, destination.resends());
    }

    private Future<UpstreamResponse> once(
            HttpDestination destination, Post post, Cancellation cancellation, boolean again) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(destination.host())
                .setPort(destination.port())
                .setSsl(destination.tls())
                .setURI(post.uri())
                .setFollowRedirects(false)
                .setHeaders(post.headers());
        Promise<UpstreamResponse> promise = Promise.promise();
        client.request(options).onComplete(connected -> {
            if (connected.failed()) {
                promise.tryFail(failure(
                        UpstreamException.Cause.NOT_CONNECTED, destination, "no connection", connected.cause()));
            } else if (cancellation.cancelled()) {
                connected.result().reset();
                promise.tryFail(failure(UpstreamException.Cause.RESET, destination, "given up", null));
            } else if (!destination
                    .reachable()
                    .test(connected.result().connection().remoteAddress().hostAddress())) {
                connected.result().reset();
                promise.tryFail(failure(
                        UpstreamException.Cause.REFUSED,
                        destination,
                        "its address is one that may not be called",
                        null));
            } else {
                send(connected.result(), destination, post, cancellation, again, promise);
            }
        });
        return promise.future();
    }

    private void send(
            HttpClientRequest request,
            HttpDestination destination,
            Post post,
            Cancellation cancellation,
            boolean again,
            Promise<UpstreamResponse> promise) {
        boolean reused = !remember(request.connection());
        long timer = vertx.setTimer(Math.max(1, post.firstByteTimeout().toMillis()), id -> {
            promise.tryFail(failure(UpstreamException.Cause.TIMED_OUT, destination, "no answer in time", null));
            request.reset();
        });
        cancellation.whenCancelled(() -> {
            promise.tryFail(failure(UpstreamException.Cause.RESET, destination, "given up", null));
            request.reset();
        });
        request.send(post.body()).onComplete(answered -> {
            vertx.cancelTimer(timer);
            cancellation.whenCancelled(() -> {}); // from here on the response's own cancel ends the work
            if (answered.succeeded()) {
                HttpClientResponse response = answered.result().pause();
                if (!promise.tryComplete(new UpstreamResponse(
                        response.statusCode(), response.headers(), response, () -> request.reset()))) {
                    request.reset();
                }
            } else if (reused
                    && again
                    && !cancellation.cancelled()
                    && !promise.future().isComplete()) {
                once(destination, post, cancellation, false).onComplete(promise);
            } else {
                promise.tryFail(failure(
                        UpstreamException.Cause.RESET,
                        destination,
                        "connection lost before the answer",
                        answered.cause()));
            }
        });
    }

    /** Whether the connection is a new one. */
    private boolean remember(HttpConnection connection) {
        boolean fresh = kept.add(connection);
        if (fresh) {
            connection.closeHandler(closed -> kept.remove(connection));
            connection.exceptionHandler(lost -> {}); // the request learns of it; a log could hold what was received
        }
        return fresh;
    }

    private static UpstreamException failure(
            UpstreamException.Cause kind, HttpDestination destination, String what, @Nullable Throwable cause) {
        return new UpstreamException(kind, destination.name() + ": " + what, cause);
    }

    /** Whatever is posted. */
    record Post(String uri, MultiMap headers, Buffer body, Duration firstByteTimeout) {}
}
