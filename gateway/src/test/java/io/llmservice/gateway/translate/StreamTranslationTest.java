package io.llmservice.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients read of a stream that was translated, to the letter. */
class StreamTranslationTest {

    private static final AnswerHead HEAD = new AnswerHead("chatcmpl-1", 17, "llama");
    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":17,\"model\":\"llama\",\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}\n\n";

    @SafeVarargs
    private static <E> List<String> run(StreamTranslation<E> translation, E... events) {
        var chunks = new ArrayList<byte[]>();
        for (var event : events) {
            chunks.addAll(translation.next(event));
        }
        chunks.addAll(translation.end());
        return chunks.stream()
                .map(chunk -> new String(chunk, StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void converseInTextAndUsage() {
        var chunks = run(
                new ConverseStream(HEAD, true),
                new ConverseEvent.Text("Hi"),
                new ConverseEvent.BlockEnd(0),
                new ConverseEvent.Stop("max_tokens"),
                new ConverseEvent.Tokens(new TokenCount(5, 2, 1)));

        assertThat(chunks)
                .containsExactly(
                        CHUNK.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                        CHUNK.formatted("{\"content\":\"Hi\"}", "null"),
                        CHUNK.formatted("{}", "\"length\""),
                        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":17,\"model\":\"llama\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6,\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n",
                        "data: [DONE]\n\n");
    }

    @Test
    void converseInTwoToolCallsOfWhichOneHasNoArguments() {
        var chunks = run(
                new ConverseStream(HEAD, false),
                new ConverseEvent.ToolStart(1, "a", "f"),
                new ConverseEvent.ToolInput(1, "{\"x\":"),
                new ConverseEvent.ToolInput(1, "1}"),
                new ConverseEvent.BlockEnd(1),
                new ConverseEvent.ToolStart(2, "b", "g"),
                new ConverseEvent.BlockEnd(2),
                new ConverseEvent.Stop("tool_use"));

        assertThat(chunks.subList(1, chunks.size()))
                .containsExactly(
                        CHUNK.formatted(
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                                "null"),
                        CHUNK.formatted(
                                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}",
                                "null"),
                        CHUNK.formatted("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}", "null"),
                        CHUNK.formatted(
                                "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                                "null"),
                        CHUNK.formatted("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}", "null"),
                        CHUNK.formatted("{}", "\"tool_calls\""),
                        "data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "tool_use, tool_calls",
        "guardrail_intervened, content_filter",
        "content_filtered, content_filter",
        "a_new_one, stop"
    })
    void stopReasonsOfConverse(String reason, String expected) {
        assertThat(FinishReason.ofConverse(reason)).isEqualTo(expected);
    }

    @Test
    void aStreamThatEndsTooEarlyEndsWithAnError() {
        for (var chunks : List.of(
                run(new ConverseStream(HEAD, false), new ConverseEvent.Text("Hi")),
                run(
                        new ContainerStream(HEAD, false),
                        bytes("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n")))) {
            assertThat(chunks.get(chunks.size() - 2)).contains("\"code\":\"ended_early\"");
            assertThat(chunks.getLast()).isEqualTo("data: [DONE]\n\n");
        }
    }

    @Test
    void aContainersWordsBecomeOpenAis() {
        var chunks = run(
                new ContainerStream(HEAD, false),
                bytes(
                        "{\"id\": 3, \"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Hi\"}, \"finish_reason\": null}]}\n"),
                bytes("{\"id\": 3, \"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"eos_token\"}]}\n"),
                bytes("{\"choices\": [], \"usage\": {\"prompt_tokens\": 1}}\n"));

        assertThat(chunks).hasSize(3);
        assertThat(chunks.getFirst())
                .contains("\"role\":\"assistant\"", "\"model\":\"llama\"", "\"id\":\"chatcmpl-1\"");
        assertThat(chunks.get(1)).contains("\"finish_reason\":\"stop\"");
        assertThat(chunks.getLast()).isEqualTo("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data: {"error": {"message": "busy", "type": "Service Unavailable", "code": 503}} | busy
            data:{"error": "overloaded", "error_type": "overloaded"} | overloaded
            data: {"broken | cannot be read
            data: {"choices": [1]} | cannot be read
            data: {"choices": {"a": 1}} | cannot be read
            """)
    void aContainersErrorIsAnErrorEvent(String line, String message) {
        var chunks = run(new ContainerStream(HEAD, false), bytes(line + "\n\n"), bytes("data: [DONE]\n\n"));

        assertThat(chunks).hasSize(2);
        assertThat(chunks.getFirst()).startsWith("data: {\"error\":").contains(message);
    }
}
