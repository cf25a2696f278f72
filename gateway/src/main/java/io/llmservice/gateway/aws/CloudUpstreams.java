package io.llmservice.gateway.aws;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;

/** The way to targets on AWS, for a gateway whose pods and other targets are reached otherwise. */
public final class CloudUpstreams implements UpstreamFactory {

    private final AwsUpstreams aws;

    private CloudUpstreams(AwsUpstreams aws) {
        this.aws = aws;
    }

    /** The way from one event loop, as the environment says; it ends with the loop. */
    public static CloudUpstreams from(Vertx loop, ManagedEndpoints managed) {
        return new CloudUpstreams(AwsUpstreams.of(
                loop,
                AwsUpstreams.connections(loop),
                AwsEnvironment.of(System.getenv()),
                managed,
                InstantSource.system()));
    }

    @Override
    public Upstream pod(ServiceRoute route, PodEndpoint pod) {
        throw new IllegalArgumentException("pod " + pod.name() + " is not on AWS's side");
    }

    @Override
    public Upstream target(ServiceRoute route, FallbackTarget target) {
        return aws.target(route, target);
    }

    @Override
    public Optional<String> cannotCarry(
            ServiceRoute route, FallbackTarget target, ApiRoute api, RequestScan scan, Buffer body) {
        return aws.cannotCarry(target, api, scan, body);
    }
}
