package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamException.Cause;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.llmservice.standins.dataplane.Answers;
import io.llmservice.standins.dataplane.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chat completion through the real SDK to Bedrock's Converse, and its answer. */
class BedrockConverseTest {

    private static final String STREAM = """
            {"model": "llama", "stream": true, "messages": [{"role": "user", "content": "Hello"}]}""";
    private static final String WHOLE = """
            {"model": "llama", "messages": [{"role": "user", "content": "Hello"}]}""";
    private static final String TOOLS = """
            {"model": "llama", "stream": %s, "messages": [{"role": "user", "content": "Weather?"}],
             "tools": [{"type": "function", "function": {"name": "weather", "description": "Tells it.",
               "parameters": {"type": "object", "properties": {"echo": {"type": "string"}}}}}],
             "tool_choice": "required"}""";

    private AwsFixture aws;

    @BeforeEach
    void start() {
        aws = new AwsFixture();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private UpstreamResponse head(String body) {
        return head(Asked.request(body));
    }

    private UpstreamResponse head(UpstreamRequest request) {
        return Asked.head(aws.vertx, aws.upstream(Aws.bedrock(BedrockDialect.CONVERSE)), request);
    }

    @Test
    void aStreamArrivesInChunksOfOpenAi() {
        aws.bedrock.behaviour().answer(new Answers("Hallo,", 12));

        var response = head("""
                {"model": "llama", "stream": true, "stream_options": {"include_usage": true},
                 "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}
                """);
        var events = Asked.events(response);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().get("content-type")).isEqualTo("text/event-stream");
        assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(Asked.content(events)).isEqualTo("Hallo, the quick brown fox jumps over größte Hunde と 🦊 the");
        assertThat(events.get(events.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(events.stream().map(event -> event.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(events.stream().map(event -> event.path("model").asText()).distinct())
                .containsExactly("llama");
        assertThat(aws.bedrock.lastRequest().at("/system/0/text").asText()).isEqualTo("Be brief.");
    }

    @Test
    void theUsageIsKeptBackFromAClientThatDidNotAsk() {
        var events = Asked.events(head(STREAM));

        assertThat(events).noneMatch(event -> event.has("usage"));
    }

    @Test
    void aWholeAnswerIsOneDocument() {
        var response =
                head(WHOLE.replace("\"messages\"", "\"max_tokens\": 3, \"seed\": 7, \"user\": \"me\", \"messages\""));
        var document = Asked.json(Asked.text(response));

        assertThat(document.path("object").asText()).isEqualTo("chat.completion");
        assertThat(document.at("/choices/0/message/content").asText()).isEqualTo("Bedrock: the quick");
        assertThat(document.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(document.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        assertThat(response.headers().get("x-llmservice-dropped-fields")).isEqualTo("seed, user");
    }

    @Test
    void aToolCallIsPutTogetherFromAStream() {
        var events = Asked.events(head(TOOLS.formatted(true)));

        var calls = events.stream()
                .map(event -> event.at("/choices/0/delta/tool_calls/0"))
                .filter(JsonNode::isObject)
                .toList();
        assertThat(calls.getFirst().at("/function/name").asText()).isEqualTo("weather");
        assertThat(calls).allMatch(call -> call.path("index").asInt(-1) == 0);
        var arguments = String.join(
                "",
                calls.stream()
                        .map(call -> call.at("/function/arguments").asText())
                        .toList());
        assertThat(Asked.json(arguments).path("echo").asText()).isEqualTo("Weather?");
        assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(aws.bedrock.lastRequest().at("/toolConfig/toolChoice").has("any"))
                .isTrue();
    }

    @Test
    void aToolCallComesInAWholeAnswerAndItsResultGoesBack() {
        var document = Asked.json(Asked.text(head(TOOLS.formatted(false))));

        var call = document.at("/choices/0/message/tool_calls/0");
        assertThat(Asked.json(call.at("/function/arguments").asText())
                        .path("echo")
                        .asText())
                .isEqualTo("Weather?");

        var followUp = (ObjectNode) Asked.json(TOOLS.formatted(false));
        followUp.withArray("messages").add(document.at("/choices/0/message"));
        followUp.withArray("messages")
                .addObject()
                .put("role", "tool")
                .put("tool_call_id", call.path("id").asText())
                .put("content", "sunny");
        var answer = Asked.json(Asked.text(head(followUp.toString())));

        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(aws.bedrock
                        .lastRequest()
                        .at("/messages/2/content/0/toolResult/content/0/text")
                        .asText())
                .isEqualTo("sunny");
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLE, 429, rate_limit_error",
        "VALIDATION, 400, invalid_request_error",
        "NOT_READY, 503, api_error",
        "UNAVAILABLE, 503, api_error",
        "MODEL_TIMEOUT, 504, api_error",
        "INTERNAL, 502, api_error",
        "CONTAINER, 502, api_error"
    })
    void anErrorIsAnAnswerInTheShapeOfOpenAi(Fault fault, int status, String type) {
        aws.bedrock.behaviour().fail(fault);

        for (String body : List.of(STREAM, WHOLE)) {
            var response = head(body);

            assertThat(response.status()).isEqualTo(status);
            assertThat(Asked.json(Asked.text(response)).at("/error/type").asText())
                    .isEqualTo(type);
        }
        assertThat(aws.bedrock.requests()).as("the SDK does not retry").isEqualTo(2);
    }

    @Test
    void aMissingRightIsNamed() {
        aws.bedrock.behaviour().fail(Fault.ACCESS_DENIED);

        var exception = catchThrowableOfType(UpstreamException.class, () -> head(STREAM));

        assertThat(exception.kind()).isEqualTo(Cause.REFUSED);
        assertThat(exception)
                .hasMessageContaining("bedrock:InvokeModelWithResponseStream")
                .hasMessageContaining("IAM policy")
                .hasMessageContaining("anthropic.claude-x-v1:0");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, REFUSED", "DROP, RESET"})
    void noAnswerHasACause(Fault fault, Cause cause) {
        aws.bedrock.behaviour().fail(fault);

        assertThat(catchThrowableOfType(UpstreamException.class, () -> head(STREAM))
                        .kind())
                .isEqualTo(cause);
    }

    @Test
    void aServiceThatIsNotThereIsNotConnected() {
        aws.bedrock.close();

        assertThat(catchThrowableOfType(UpstreamException.class, () -> head(STREAM))
                        .kind())
                .isEqualTo(Cause.NOT_CONNECTED);
    }

    @Test
    void aSlowHeadTimesOutAndTheWorkIsCancelled() {
        aws.bedrock.behaviour().fail(Fault.HANG);

        var exception = catchThrowableOfType(
                UpstreamException.class, () -> head(Asked.request(STREAM, Duration.ofMillis(200))));

        assertThat(exception.kind()).isEqualTo(Cause.TIMED_OUT);
        await().until(() -> aws.bedrock.cancellations() == 1);
    }

    @Test
    void anErrorBeforeTheFirstTokenIsTheFirstEvent() {
        aws.bedrock.behaviour().fail(Fault.FIRST_EVENT);

        var events = Asked.events(head(STREAM));

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().at("/error/type").asText()).isEqualTo("rate_limit_error");
    }

    @Test
    void anErrorInTheMiddleEndsTheStreamWithAnErrorEvent() {
        aws.bedrock.behaviour().fail(Fault.MID_STREAM);

        var events = Asked.events(head(STREAM));

        assertThat(Asked.content(events)).isEqualTo("Bedrock: the quick");
        assertThat(events.getLast().has("error")).isTrue();
    }

    @Test
    void aConnectionThatBreaksInTheMiddleEndsTheStreamWithAnErrorEvent() {
        aws.bedrock.behaviour().pace(Duration.ZERO, Duration.ofMillis(20));
        aws.bedrock.behaviour().fail(Fault.DROP_MID_STREAM);

        var events = Asked.events(head(STREAM));

        assertThat(events.getLast().has("error")).isTrue();
    }

    @Test
    void aClientThatLeavesEndsTheWork() {
        aws.bedrock.behaviour().pace(Duration.ZERO, Duration.ofHours(1));
        var response = head(STREAM);
        var first = new CompletableFuture<Boolean>();
        response.body().handler(ignored -> first.complete(true));
        response.body().resume();
        Asked.await(first);

        response.cancel().run();

        await().until(() -> aws.bedrock.cancellations() == 1);
    }

    @Test
    void aReaderThatStallsStallsTheService() {
        aws.bedrock.behaviour().answer(new Answers("Bedrock:", 400_000));
        var stalled = head(STREAM);
        var first = new CompletableFuture<Boolean>();
        stalled.body().handler(ignored -> first.complete(true));
        stalled.body().fetch(1);
        Asked.await(first);

        aws.bedrock.behaviour().answer(new Answers("Bedrock:", 1000));
        for (int others = 0; others < 20; others++) {
            assertThat(Asked.events(head(STREAM))).hasSize(1002);
        }
        stalled.cancel().run();

        await().until(() -> aws.bedrock.cancellations() == 1);
    }

    @Test
    void aConnectionServesOneStreamAfterTheOther() {
        for (int time = 0; time < 3; time++) {
            assertThat(Asked.content(Asked.events(head(STREAM)))).startsWith("Bedrock: ");
        }
        assertThat(aws.bedrock.requests()).isEqualTo(3);
        assertThat(aws.bedrock.unsigned()).isZero();
    }

    @Test
    void theOpenAiRouteGetsASignedRequestWithTheTargetsModel() {
        var upstream = aws.upstream(Aws.bedrock(BedrockDialect.OPEN_AI));

        var events = Asked.events(Asked.head(aws.vertx, upstream, Asked.request(STREAM)));

        assertThat(Asked.content(events)).startsWith("Bedrock: the quick");
        assertThat(aws.bedrock.lastRequest().path("model").asText()).isEqualTo("anthropic.claude-x-v1:0");
        assertThat(aws.bedrock.unsigned()).isZero();
    }
}
