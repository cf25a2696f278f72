package io.llmservice.gateway.aws;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.standins.bedrock.BedrockStandIn;
import io.llmservice.standins.runtime.SageMakerRuntimeStandIn;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Both stand-ins, and the upstreams that ask them. */
final class AwsFixture implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final BedrockStandIn bedrock = BedrockStandIn.start();
    final SageMakerRuntimeStandIn sageMaker = SageMakerRuntimeStandIn.start();
    final AwsUpstreams upstreams;
    private final HttpClient http = vertx.createHttpClient();

    AwsFixture() {
        var environment = AwsEnvironment.of(Map.of(
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", bedrock.url().toString(),
                "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", sageMaker.url().toString()));
        ManagedEndpoints managed = (service, target) -> target.equals("made")
                ? Optional.of(new ManagedEndpoints.Endpoint("llmservice-made", Optional.of("copy")))
                : Optional.empty();
        upstreams = new AwsUpstreams(
                vertx,
                http,
                environment,
                managed,
                Aws.CREDENTIALS,
                new AnswerHeads(InstantSource.system(), new Random(1)));
    }

    Upstream upstream(FallbackTarget target) {
        return upstreams.target(Aws.service(), target);
    }

    @Override
    public void close() {
        upstreams.close();
        bedrock.close();
        sageMaker.close();
        Asked.await(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
