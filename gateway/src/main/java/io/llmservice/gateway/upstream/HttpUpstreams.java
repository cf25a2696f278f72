package io.llmservice.gateway.upstream;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The way to pods and OpenAI-compatible targets; whatever is in a cloud is left to another factory. */
public final class HttpUpstreams implements UpstreamFactory {

    private final HttpConnections pods;
    private final HttpConnections targets;
    private final Secrets secrets;
    private final UpstreamFactory cloud;

    /**
     * @param pods connections to model servers
     * @param targets connections to targets, which may not reach every address
     * @param cloud the way to Bedrock and SageMaker
     */
    public HttpUpstreams(HttpConnections pods, HttpConnections targets, Secrets secrets, UpstreamFactory cloud) {
        this.pods = pods;
        this.targets = targets;
        this.secrets = secrets;
        this.cloud = cloud;
    }

    @Override
    public Upstream pod(ServiceRoute route, PodEndpoint pod) {
        return new HttpUpstream(pods, new HttpDestination("pod " + pod.name(), pod.host(), pod.port(), false, true));
    }

    @Override
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        OpenAiTarget openAi = target.openAi();
        return openAi == null
                ? cloud.target(route, target)
                : new OpenAiUpstream(targets, secrets, route, "target " + target.name(), openAi);
    }

    @Override
    public Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        if (target.openAi() == null) {
            return cloud.cannotCarry(route, target, api, scan, body);
        }
        return api.path().startsWith("/v1/")
                ? Optional.empty()
                : Optional.of(api.path() + " is no route of OpenAI's API");
    }
}
