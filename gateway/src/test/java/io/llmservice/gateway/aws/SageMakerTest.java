package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.api.v1alpha1.SageMakerTarget;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamException.Cause;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.llmservice.standins.dataplane.Fault;
import io.llmservice.standins.runtime.Container;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chat completion through the real SDK to containers behind SageMaker endpoints, and its answer. */
class SageMakerTest {

    private static final String STREAM = """
            {"model": "llama", "stream": true, "stream_options": {"include_usage": true}, "max_completion_tokens": 10,
             "messages": [{"role": "user", "content": "Hello"}]}""";
    private static final String WHOLE = """
            {"model": "llama", "store": true, "messages": [{"role": "user", "content": "Hello"}]}""";

    private AwsFixture aws;

    @BeforeEach
    void start() {
        aws = new AwsFixture();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private UpstreamResponse head(SageMakerDialect dialect, String body) {
        return head(Aws.sageMaker(dialect), body);
    }

    private UpstreamResponse head(FallbackTarget target, String body) {
        return Asked.head(aws.vertx, aws.upstream(target), Asked.request(body));
    }

    @ParameterizedTest
    @CsvSource({"LMI, LMI_LINES, 1", "LMI, LMI_EVENTS, 7", "TGI, TGI, 64", "TGI, TGI_TOKENS, 11", "TGI, TGI, 100000"})
    void aStreamArrivesWholeHoweverItIsCut(SageMakerDialect dialect, Container container, int partSize) {
        aws.sageMaker.container(container);
        aws.sageMaker.partSize(partSize);

        var events = Asked.events(head(dialect, STREAM));

        assertThat(Asked.content(events)).isEqualTo("SageMaker: the quick brown fox jumps over größte Hunde と");
        assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(10);
        assertThat(events.stream().map(event -> event.path("model").asText()).distinct())
                .containsExactly("llama");
        assertThat(events.stream().map(event -> event.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(new String(aws.sageMaker.lastRequest().body(), StandardCharsets.UTF_8))
                .contains("\"max_tokens\":10")
                .doesNotContain("max_completion_tokens");
    }

    @Test
    void aWholeAnswerIsOneDocument() {
        var response = head(Aws.sageMaker(SageMakerDialect.LMI, "copy"), WHOLE);
        var document = Asked.json(Asked.text(response));

        assertThat(document.at("/choices/0/message/content").asText()).startsWith("SageMaker: the quick");
        assertThat(document.path("model").asText()).isEqualTo("llama");
        assertThat(response.headers().get("x-llmservice-dropped-fields")).isEqualTo("store");
        assertThat(aws.sageMaker.lastRequest().header("x-amzn-sagemaker-inference-component"))
                .contains("copy");
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE, 429",
        "NOT_READY, 503",
        "UNAVAILABLE, 503",
        "MODEL_TIMEOUT, 504",
        "INTERNAL, 502",
        "CONTAINER, 400",
        "VALIDATION, 400"
    })
    void anErrorIsAnAnswerInTheShapeOfOpenAi(Fault fault, int status) {
        aws.sageMaker.behaviour().fail(fault);

        for (String body : List.of(STREAM, WHOLE)) {
            var response = head(SageMakerDialect.LMI, body);

            assertThat(response.status()).isEqualTo(status);
            assertThat(Asked.json(Asked.text(response)).at("/error/message").asText())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"LMI, ACCESS_DENIED", "OPEN_AI, ACCESS_DENIED", "LMI, NOT_FOUND", "OPEN_AI, NOT_FOUND"})
    void aTargetThatMayNotBeUsedIsRefusedWithTheReason(SageMakerDialect dialect, Fault fault) {
        aws.sageMaker.behaviour().fail(fault);

        var exception = catchThrowableOfType(UpstreamException.class, () -> head(dialect, STREAM));

        assertThat(exception.kind()).isEqualTo(Cause.REFUSED);
        assertThat(exception)
                .hasMessageContaining("SageMaker endpoint llama in us-east-1")
                .hasMessageContaining(fault == Fault.ACCESS_DENIED ? "sagemaker:InvokeEndpoint" : "check its name");
    }

    @Test
    void anErrorInTheMiddleEndsTheStreamWithAnErrorEvent() {
        aws.sageMaker.behaviour().fail(Fault.MID_STREAM);

        var events = Asked.events(head(SageMakerDialect.LMI, STREAM));

        assertThat(Asked.content(events)).startsWith("SageMaker:");
        assertThat(events.getLast().has("error")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LMI", "OPEN_AI"})
    void aClientThatLeavesEndsTheWork(SageMakerDialect dialect) {
        aws.sageMaker.partSize(1);
        aws.sageMaker.behaviour().pace(Duration.ZERO, Duration.ofHours(1));
        var response = head(dialect, STREAM);
        var first = new CompletableFuture<Boolean>();
        response.body().handler(ignored -> first.complete(true));
        response.body().resume();
        Asked.await(first);

        response.cancel().run();

        await().until(() -> aws.sageMaker.cancellations() == 1);
    }

    @Test
    void theOpenAiRouteGetsABearerTokenAndTheInferenceComponentInItsPath() {
        var events = Asked.events(head(Aws.sageMaker(SageMakerDialect.OPEN_AI, "copy"), STREAM));

        assertThat(Asked.content(events)).startsWith("SageMaker: the quick");
        assertThat(aws.sageMaker.unsigned()).isZero();
        assertThat(aws.sageMaker.lastRequest().path())
                .isEqualTo("/endpoints/llama/inference-components/copy/openai/v1/chat/completions");
        assertThat(aws.sageMaker.lastRequest().header("authorization").orElseThrow())
                .startsWith("Bearer sagemaker-api-key-");
    }

    @Test
    void aManagedEndpointIsAskedByTheNameThatTheOperatorGaveIt() {
        var events = Asked.events(head(managed("made"), STREAM));

        assertThat(Asked.content(events)).startsWith("SageMaker: the quick");
        assertThat(aws.sageMaker.lastRequest().path()).startsWith("/endpoints/llmservice-made/");
    }

    @Test
    void aManagedEndpointThatIsNotThereYetIsNotConnected() {
        var exception = catchThrowableOfType(UpstreamException.class, () -> head(managed("not-yet"), STREAM));

        assertThat(exception.kind()).isEqualTo(Cause.NOT_CONNECTED);
        assertThat(exception).hasMessageContaining("status.sageMaker");
    }

    private static FallbackTarget managed(String name) {
        var sageMaker = new SageMakerTarget(null, null, "us-east-1", SageMakerDialect.LMI, null);
        return new FallbackTarget(name, sageMaker, null, null, null, null, "60s", null);
    }
}
