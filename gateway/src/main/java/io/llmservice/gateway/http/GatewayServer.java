package io.llmservice.gateway.http;

import io.llmservice.gateway.relay.Answers;
import io.llmservice.gateway.relay.ModelDirectory;
import io.llmservice.gateway.relay.Relay;
import io.llmservice.gateway.relay.RelayParts;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * The address that clients point their SDKs at, on one event loop; there is one of these for each, and all listen on one
 * port. Everything of a request stays on the loop of its connection.
 */
public final class GatewayServer extends VerticleBase {

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;

    private final ServerOptions options;
    private final RelayParts parts;
    private final Function<Vertx, UpstreamFactory> upstreams;
    private final OpenRequests open;
    private final BodyRoom room;
    private final Promise<Integer> port;
    private final IdentityHashMap<HttpConnection, ConnectionGuard> guards = new IdentityHashMap<>();

    private GatewayServer(
            ServerOptions options,
            RelayParts parts,
            Function<Vertx, UpstreamFactory> upstreams,
            OpenRequests open,
            BodyRoom room,
            Promise<Integer> port) {
        this.options = options;
        this.parts = parts;
        this.upstreams = upstreams;
        this.open = open;
        this.room = room;
        this.port = port;
    }

    /**
     * Listens on all loops.
     *
     * @param upstreams makes the upstreams of an event loop, on it
     * @param open counts the requests of all loops
     * @return the port, once all listen
     */
    public static Future<Integer> listen(
            Vertx vertx,
            ServerOptions options,
            RelayParts parts,
            Function<Vertx, UpstreamFactory> upstreams,
            OpenRequests open) {
        Promise<Integer> port = Promise.promise();
        var room = new BodyRoom(options.limits().maxBufferedBytes());
        return vertx.deployVerticle(
                        () -> new GatewayServer(options, parts, upstreams, open, room, port),
                        new DeploymentOptions().setInstances(options.loops()))
                .compose(deployed -> port.future());
    }

    @Override
    public Future<?> start() {
        var handler = new GatewayHandler(
                vertx,
                new Relay(vertx, parts, upstreams.apply(vertx)),
                new ModelDirectory(parts.routes(), parts.admission()),
                options.limits(),
                room);
        var server = vertx.createHttpServer(new HttpServerOptions()
                .setTcpNoDelay(true)
                .setAcceptBacklog(4096)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(options.limits().maxHeaderBytes())
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxChunkSize(MAX_CHUNK));
        server.connectionHandler(this::connected);
        server.invalidRequestHandler(this::invalid);
        server.exceptionHandler(lost -> {}); // a client that breaks off is nothing to report
        server.requestHandler(request -> begun(request, handler));
        return server.listen(address()).onSuccess(listening -> port.tryComplete(listening.actualPort()));
    }

    /** A free port must be the same one for all loops. */
    private SocketAddress address() {
        return options.port() == 0
                ? SocketAddress.sharedRandomPort(1, options.host())
                : SocketAddress.inetSocketAddress(options.port(), options.host());
    }

    private Http1ServerConfig decoding() {
        return new Http1ServerConfig()
                .setMaxHeaderSize(options.limits().maxHeaderBytes())
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxChunkSize(MAX_CHUNK);
    }

    private void connected(HttpConnection connection) {
        StrictDecoder.install(connection, decoding());
        connection.exceptionHandler(lost -> {}); // a log could hold what was received
        var guard = new ConnectionGuard(vertx, connection, options.limits(), open);
        guards.put(connection, guard);
        connection.closeHandler(closed -> {
            guards.remove(connection);
            guard.closed();
        });
    }

    private void begun(HttpServerRequest request, GatewayHandler handler) {
        ConnectionGuard guard = guards.get(request.connection());
        if (guard == null || guard.isCondemned()) {
            request.connection().close();
            return;
        }
        guard.begun();
        request.response().endHandler(ended -> guard.answered());
        Optional<Refusal> malformed = GatewayHandler.malformed(request);
        if (malformed.isPresent()) {
            guard.condemn();
            refuse(request, malformed.get());
            return;
        }
        if (open.isDraining()) {
            request.response().putHeader("connection", "close");
        }
        handler.handle(request);
    }

    private void invalid(HttpServerRequest request) {
        ConnectionGuard guard = guards.get(request.connection());
        if (guard != null) {
            guard.condemn();
        }
        Throwable cause = request.decoderResult().cause();
        boolean large = cause instanceof TooLongFrameException;
        Refusal refusal = large
                ? Refusal.of(
                        431,
                        "invalid_request_error",
                        "headers_too_large",
                        "The request line or the headers are too long. Send fewer or shorter headers.")
                : GatewayHandler.bad("This is no well-formed HTTP/1.1 request.");
        refuse(request, refusal);
    }

    /** What comes after it on the connection can't be trusted to be a request. */
    private static void refuse(HttpServerRequest request, Refusal refusal) {
        request.response().putHeader("connection", "close");
        Answers.refuse(request.response(), refusal)
                .onComplete(sent -> request.connection().close());
    }
}
