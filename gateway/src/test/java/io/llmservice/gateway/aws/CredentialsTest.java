package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.gateway.upstream.UpstreamException;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A gateway without a role or a region says what to give it. */
class CredentialsTest {

    private static final String BODY = """
            {"model": "llama", "messages": [{"role": "user", "content": "Hello"}]}""";
    private static final AwsCredentialsProvider NONE = () -> {
        throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
    };

    private final Vertx vertx = Vertx.vertx();
    private final AwsUpstreams upstreams = new AwsUpstreams(
            vertx,
            vertx.createHttpClient(),
            AwsEnvironment.of(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9")),
            ManagedEndpoints.none(),
            NONE,
            new AnswerHeads(InstantSource.system(), new Random(1)));

    @AfterEach
    void close() {
        upstreams.close();
        Asked.await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private UpstreamException ask(FallbackTarget target) {
        var exception = catchThrowableOfType(
                UpstreamException.class,
                () -> Asked.head(vertx, upstreams.target(Aws.service(), target), Asked.request(BODY)));
        assertThat(exception.kind()).isEqualTo(UpstreamException.Cause.REFUSED);
        return exception;
    }

    @Test
    void noRoleIsRefusedWithTheWayOut() {
        for (var target : java.util.List.of(
                Aws.bedrock(BedrockDialect.CONVERSE),
                Aws.bedrock(BedrockDialect.OPEN_AI),
                Aws.sageMaker(SageMakerDialect.LMI),
                Aws.sageMaker(SageMakerDialect.OPEN_AI))) {
            assertThat(ask(target)).hasMessageContaining("IRSA or Pod Identity");
        }
    }

    @Test
    void noRegionIsRefusedWithTheWayOut() {
        var bedrock = new BedrockTarget("model", null, BedrockDialect.CONVERSE, BedrockEndpoint.RUNTIME);
        var target = new FallbackTarget("bedrock", null, bedrock, null, null, null, "60s", null);

        assertThat(ask(target)).hasMessageContaining("AWS_REGION");
    }
}
