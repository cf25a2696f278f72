package io.llmservice.gateway.upstream;

import io.vertx.core.Future;

/** A pod's model server. The body goes to it, and its answer comes back, byte for byte. */
public final class HttpUpstream implements Upstream {

    private final HttpConnections connections;
    private final HttpDestination destination;

    public HttpUpstream(HttpConnections connections, HttpDestination destination) {
        this.connections = connections;
        this.destination = destination;
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
        return send(request, new Cancellation());
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request, Cancellation cancellation) {
        var post = new HttpConnections.Post(
                request.route().path(), request.headers(), request.body(), request.firstByteTimeout());
        return connections.post(destination, post, cancellation);
    }
}
