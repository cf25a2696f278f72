package io.llmservice.gateway.testing;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Stands where a gateway has no way to a cloud: whatever is asked of it is not carried. */
public final class NoCloud implements UpstreamFactory {

    private static final String WHY = "this gateway has no way to AWS";

    @Override
    public Upstream pod(ServiceRoute route, PodEndpoint pod) {
        throw new IllegalArgumentException(WHY);
    }

    @Override
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        return request -> Future.failedFuture(
                new UpstreamException(UpstreamException.Cause.REFUSED, target.name() + ": " + WHY, null));
    }

    @Override
    public Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        return Optional.of(WHY);
    }
}
