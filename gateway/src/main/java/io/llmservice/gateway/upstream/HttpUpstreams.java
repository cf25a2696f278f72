package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.llmservice.planner.fallback.RequestHeaders;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.Optional;

/** The way to pods and OpenAI-compatible targets; whatever is in a cloud is left to another factory. */
public final class HttpUpstreams implements UpstreamFactory {

    private final HttpConnections connections;
    private final Secrets secrets;
    private final FallbackPolicy policy;
    private final UpstreamFactory cloud;

    /**
     * @param policy which targets the administrator allows, and which addresses nobody
     * @param cloud the way to Bedrock and SageMaker
     */
    public HttpUpstreams(HttpConnections connections, Secrets secrets, FallbackPolicy policy, UpstreamFactory cloud) {
        this.connections = connections;
        this.policy = policy;
        this.secrets = secrets;
        this.cloud = cloud;
    }

    @Override
    public Upstream pod(ServiceRoute route, PodEndpoint pod) {
        return new HttpUpstream(
                connections,
                new HttpDestination("pod " + pod.name(), pod.host(), pod.port(), false, true, address -> true));
    }

    @Override
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        OpenAiTarget openAi = target.openAi();
        return openAi == null
                ? cloud.target(route, target)
                : new OpenAiUpstream(
                        connections,
                        secrets,
                        route,
                        "target " + target.name(),
                        openAi,
                        address -> isReachable(route, target, address));
    }

    @Override
    public Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        return refusal(route, target).or(() -> capability(route, target, api, scan, body));
    }

    /** The endpoint of a managed target is the operator's, which made it only if it may be there. */
    private Optional<String> refusal(ServiceRoute route, FallbackTarget target) {
        boolean managed = target.sageMaker() != null && target.sageMaker().managed() != null;
        return managed
                ? Optional.empty()
                : policy.refusal(route.key().namespace(), target).or(() -> headers(target));
    }

    private static Optional<String> headers(FallbackTarget target) {
        return target.openAi() == null
                ? Optional.empty()
                : target.openAi().headers().entrySet().stream()
                        .flatMap(header -> RequestHeaders.refusal(header.getKey(), header.getValue()).stream())
                        .findFirst();
    }

    private Optional<String> capability(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        if (target.openAi() == null) {
            return cloud.cannotCarry(route, target, api, scan, body);
        }
        return api.path().startsWith("/v1/")
                ? Optional.empty()
                : Optional.of(api.path() + " is no route of OpenAI's API");
    }

    /** An address may carry the zone of an interface, which is no part of what it names. */
    private boolean isReachable(ServiceRoute route, FallbackTarget target, String address) {
        try {
            int zone = address.indexOf('%');
            var literal = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return policy.refusal(route.key().namespace(), target, literal).isEmpty();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
