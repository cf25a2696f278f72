package io.llmservice.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.translate.ConverseCall.Block;
import io.llmservice.gateway.translate.ConverseCall.Choice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a chat completion reaches Converse, and what keeps it from there. */
class ConverseTranslationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOL = """
            {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}""";

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ConverseCall call(String messages, String more) {
        var result = ConverseTranslation.translate(json("{\"messages\": [" + messages + "]" + more + "}"));
        assertThat(result).isInstanceOf(ConverseTranslation.Result.Carried.class);
        return ((ConverseTranslation.Result.Carried) result).call();
    }

    private static String reason(String messages, String more) {
        var result = ConverseTranslation.translate(json("{\"messages\": [" + messages + "]" + more + "}"));
        assertThat(result).isInstanceOf(ConverseTranslation.Result.NotCarried.class);
        return ((ConverseTranslation.Result.NotCarried) result).reason();
    }

    @Test
    void systemAndDeveloperMessagesStandApart() {
        var call = call("""
                {"role": "system", "content": "one"}, {"role": "user", "content": "hi"},
                {"role": "developer", "content": [{"type": "text", "text": "two"}]}""", "");

        assertThat(call.system()).containsExactly("one", "two");
        assertThat(call.turns()).hasSize(1);
    }

    @Test
    void messagesOfOneRoleAreOneTurn() {
        var call = call("""
                {"role": "user", "content": "a"}, {"role": "user", "content": "b"},
                {"role": "assistant", "content": "c"}, {"role": "assistant", "content": "d"},
                {"role": "user", "content": " "}, {"role": "user", "content": "e"}""", "");

        assertThat(call.turns())
                .containsExactly(
                        new ConverseCall.Turn(true, List.of(new Block.Text("a"), new Block.Text("b"))),
                        new ConverseCall.Turn(false, List.of(new Block.Text("c"), new Block.Text("d"))),
                        new ConverseCall.Turn(true, List.of(new Block.Text("e"))));
    }

    @Test
    void toolCallsAndTheirResultsGoTogether() {
        var call = call("""
                {"role": "user", "content": "weather in two towns?"},
                {"role": "assistant", "content": null, "tool_calls": [
                  {"id": "1", "type": "function", "function": {"name": "f", "arguments": "{\\"town\\": \\"Ulm\\"}"}},
                  {"id": "2", "type": "function", "function": {"name": "f", "arguments": ""}}]},
                {"role": "tool", "tool_call_id": "1", "content": "sunny"},
                {"role": "tool", "tool_call_id": "2", "content": [{"type": "text", "text": "rain"}]},
                {"role": "user", "content": "and?"}""", ", \"tools\": [" + TOOL + "]");

        assertThat(call.turns().get(1).blocks())
                .containsExactly(
                        new Block.ToolUse("1", "f", json("{\"town\": \"Ulm\"}")),
                        new Block.ToolUse("2", "f", json("{}")));
        assertThat(call.turns().get(2).blocks())
                .containsExactly(
                        new Block.ToolResult("1", "sunny"), new Block.ToolResult("2", "rain"), new Block.Text("and?"));
    }

    @Test
    void imagesInDataUrlsAreBlocks() {
        var call = call("""
                {"role": "user", "content": [{"type": "text", "text": "what?"},
                  {"type": "image_url", "image_url": {"url": "data:image/JPG;base64,AAAA"}}]}""", "");

        assertThat(call.turns().getFirst().blocks())
                .containsExactly(new Block.Text("what?"), new Block.Image("jpeg", "AAAA"));
    }

    @Test
    void boundsOfTheGenerationGoOn() {
        var inference = call("{\"role\": \"user\", \"content\": \"x\"}", """
                , "max_tokens": 5, "max_completion_tokens": 7, "temperature": 0.5, "top_p": 1, "stop": ["a", "b"]""").inference();

        assertThat(inference.maxTokens()).contains(7);
        assertThat(inference.temperature()).contains(0.5);
        assertThat(inference.topP()).contains(1.0);
        assertThat(inference.stopSequences()).containsExactly("a", "b");
        assertThat(call("{\"role\": \"user\", \"content\": \"x\"}", ", \"stop\": \"c\"")
                        .inference()
                        .stopSequences())
                .containsExactly("c");
    }

    @Test
    void toolChoiceIsTranslated() {
        String user = "{\"role\": \"user\", \"content\": \"x\"}";
        String tools = ", \"tools\": [" + TOOL + "], \"tool_choice\": ";

        assertThat(call(user, tools + "\"auto\"").choice()).isEmpty();
        assertThat(call(user, tools + "\"required\"").choice()).contains(new Choice.Any());
        assertThat(call(user, tools + "{\"type\": \"function\", \"function\": {\"name\": \"f\"}}")
                        .choice())
                .contains(new Choice.Named("f"));
        assertThat(call(user, tools + "\"none\"").tools()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x/secret.png"}}]} | never fetches
            {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/tiff;base64,AA"}}]} | png, jpeg
            {"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "secret"}}]} | type text and image_url only
            {"role": "assistant", "content": "secret"} | begin with a message of the user
            {"role": "function", "name": "f", "content": "secret"} | no message of the role
            {"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "{secret"}}]} | JSON object
            {"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "{}"}}]} | only together with tools
            """)
    void whatConverseHasNoWordForIsSaidWithoutQuotingIt(String messages, String reason) {
        assertThat(reason(messages, "")).contains(reason).doesNotContain("secret");
    }

    @Test
    void aTemperatureAboveOneIsNotCarried() {
        assertThat(reason("{\"role\": \"user\", \"content\": \"x\"}", ", \"temperature\": 1.5"))
                .contains("temperature");
    }
}
