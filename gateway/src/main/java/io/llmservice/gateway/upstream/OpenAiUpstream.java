package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.api.v1alpha1.SecretKeyReference;
import io.llmservice.gateway.request.BodySplice;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/** Any service that speaks OpenAI's API: another model name in the body, a key of its own, and its own address. */
public final class OpenAiUpstream implements Upstream {

    private final HttpConnections connections;
    private final Secrets secrets;
    private final ServiceRoute route;
    private final String name;
    private final OpenAiTarget target;
    private final Predicate<String> reachable;

    /**
     * @param name the target's, for messages
     * @param reachable whether the target's host may be an IP address
     */
    public OpenAiUpstream(
            HttpConnections connections,
            Secrets secrets,
            ServiceRoute route,
            String name,
            OpenAiTarget target,
            Predicate<String> reachable) {
        this.reachable = reachable;
        this.connections = connections;
        this.secrets = secrets;
        this.route = route;
        this.name = name;
        this.target = target;
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
        return send(request, new Cancellation());
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request, Cancellation cancellation) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        target.headers().forEach(headers::set);
        SecretKeyReference reference = target.apiKeySecretRef();
        if (reference != null) {
            Optional<String> key = secrets.value(route.key().namespace(), reference);
            if (key.isEmpty()) {
                return Future.failedFuture(new UpstreamException(
                        UpstreamException.Cause.REFUSED,
                        "%s: Secret %s has no key %s yet".formatted(name, reference.name(), reference.key()),
                        null));
            }
            headers.set("authorization", "Bearer " + key.get().strip());
        }
        URI base = URI.create(target.url());
        var post = new HttpConnections.Post(
                path(base, request.route().path()), headers, body(request), request.firstByteTimeout());
        return connections.post(destination(base), post, cancellation);
    }

    private Buffer body(UpstreamRequest request) {
        String model = target.model() == null ? route.model() : target.model();
        if (request.scan().model().equals(Optional.of(model))) {
            return request.body();
        }
        return Buffer.buffer(BodySplice.withModel(request.body().getBytes(), model));
    }

    private HttpDestination destination(URI base) {
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        int port = base.getPort() < 0 ? (tls ? 443 : 80) : base.getPort();
        String host = base.getHost() == null ? base.getAuthority() : base.getHost();
        return new HttpDestination(name, bare(host), port, tls, false, reachable);
    }

    /** An address of IP version 6 without the brackets that a URL puts around it. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The base holds {@code /v1} already, as SDKs take it. */
    private static String path(URI base, String route) {
        String prefix = base.getRawPath() == null ? "" : base.getRawPath();
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return trimmed + (route.startsWith("/v1/") ? route.substring("/v1".length()) : route);
    }
}
