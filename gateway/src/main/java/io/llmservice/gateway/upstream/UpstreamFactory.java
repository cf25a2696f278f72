package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Makes the way to a pod or target. Making one is cheap: connections are pooled behind it. */
public interface UpstreamFactory {

    Upstream pod(ServiceRoute route, PodEndpoint pod);

    /** The way to a target of any kind but {@code llmService}. */
    Upstream target(ServiceRoute route, FallbackTarget target);

    /**
     * Why a target can't carry a request, such as a route or a field that it does not know, as a clause; empty if it can.
     * Must answer at once.
     */
    Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body);
}
