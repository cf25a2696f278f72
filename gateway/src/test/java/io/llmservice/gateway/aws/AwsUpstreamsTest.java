package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.upstream.UpstreamException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is said before anything is sent: a missing role or region, and what a target cannot carry. */
class AwsUpstreamsTest {

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
        for (var target : List.of(
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

    @Test
    void whatATargetCannotCarryIsSaidBeforeItIsAsked() {
        var request = Asked.request(BODY);
        var twice = Buffer.buffer("{\"n\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}");

        for (var dialect : BedrockDialect.values()) {
            assertThat(upstreams.cannotCarry(
                            Aws.bedrock(dialect), ApiRoute.CHAT_COMPLETIONS, request.scan(), request.body()))
                    .isEmpty();
            assertThat(upstreams.cannotCarry(Aws.bedrock(dialect), ApiRoute.EMBEDDINGS, request.scan(), request.body()))
                    .isPresent();
        }
        assertThat(upstreams.cannotCarry(
                        Aws.bedrock(BedrockDialect.CONVERSE), ApiRoute.CHAT_COMPLETIONS, request.scan(), twice))
                .contains("Bedrock, Converse does not carry n");
    }
}
