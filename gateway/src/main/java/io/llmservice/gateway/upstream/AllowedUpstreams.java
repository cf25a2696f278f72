package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Keeps requests from targets that the administrator does not allow their namespace, whatever a service's spec says. */
public final class AllowedUpstreams implements UpstreamFactory {

    private final UpstreamFactory upstreams;
    private final FallbackPolicy policy;

    public AllowedUpstreams(UpstreamFactory upstreams, FallbackPolicy policy) {
        this.upstreams = upstreams;
        this.policy = policy;
    }

    @Override
    public Upstream pod(ServiceRoute route, PodEndpoint pod) {
        return upstreams.pod(route, pod);
    }

    @Override
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        return upstreams.target(route, target);
    }

    @Override
    public Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        return policy.refusal(route.key().namespace(), target)
                .or(() -> upstreams.cannotCarry(route, target, api, scan, body));
    }
}
