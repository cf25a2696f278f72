package io.llmservice.standins.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer in OpenAI's form to a chat completion.
 *
 * @param model what the request named
 * @param words of the answer; empty if a tool is called
 * @param tool name of the tool that is called with the last message as its argument
 * @param argument the last message's text
 * @param finish finish reason
 * @param promptTokens tokens of the prompt
 * @param usageAsked whether a stream is to end with the usage
 */
public record ChatAnswer(
        String model,
        List<String> words,
        Optional<String> tool,
        String argument,
        String finish,
        int promptTokens,
        boolean usageAsked) {

    private static final String ID = "chatcmpl-stand-in";
    private static final long CREATED = 1_700_000_000L;

    /** The answer to a request, cut short by {@code max_tokens}; a tool is called if one is offered and none was yet. */
    public static ChatAnswer to(JsonNode request, Answers answers) {
        Optional<Integer> maxTokens = Optional.ofNullable(request.get("max_completion_tokens"))
                .or(() -> Optional.ofNullable(request.get("max_tokens")))
                .map(JsonNode::asInt);
        var messages = request.path("messages");
        var last = messages.path(messages.size() - 1);
        boolean callsTool = !request.path("tools").isEmpty()
                && !"tool".equals(last.path("role").asText());
        var tool = callsTool ? Optional.of(request.at("/tools/0/function/name").asText()) : Optional.<String>empty();
        String finish = callsTool ? "tool_calls" : answers.isCut(maxTokens) ? "length" : "stop";
        return new ChatAnswer(
                request.path("model").asText(),
                callsTool ? List.of() : answers.words(maxTokens),
                tool,
                last.path("content").isTextual()
                        ? last.path("content").asText()
                        : last.path("content").toString(),
                finish,
                Answers.promptTokens(messages),
                request.at("/stream_options/include_usage").asBoolean());
    }

    /** The whole answer as one document. */
    public ObjectNode document() {
        var document = head("chat.completion");
        var choice = document.putArray("choices").addObject().put("index", 0);
        var message = choice.putObject("message").put("role", "assistant");
        if (tool.isPresent()) {
            message.putNull("content");
            toolCall(message.putArray("tool_calls").addObject(), argumentJson());
        } else {
            message.put("content", String.join("", words));
        }
        choice.put("finish_reason", finish);
        document.set("usage", usage());
        return document;
    }

    /** The answer as the chunks of a stream, without the terminator. */
    public List<ObjectNode> chunks() {
        var chunks = new ArrayList<ObjectNode>();
        chunks.add(chunk(delta -> delta.put("role", "assistant").put("content", ""), null));
        words.forEach(word -> chunks.add(chunk(delta -> delta.put("content", word), null)));
        if (tool.isPresent()) {
            chunks.add(chunk(
                    delta -> toolCall(delta.putArray("tool_calls").addObject().put("index", 0), argumentJson()), null));
        }
        chunks.add(chunk(delta -> {}, finish));
        if (usageAsked) {
            var last = head("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage());
            chunks.add(last);
        }
        return chunks;
    }

    /** Tokens of the answer. */
    public int completionTokens() {
        return Math.max(1, words.size());
    }

    /** The argument of the tool call, as a JSON object in a string. */
    public String argumentJson() {
        return JsonNodeFactory.instance.objectNode().put("echo", argument).toString();
    }

    private ObjectNode chunk(Consumer<ObjectNode> fill, @Nullable String finishReason) {
        var chunk = head("chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        fill.accept(choice.putObject("delta"));
        choice.put("finish_reason", finishReason);
        return chunk;
    }

    private void toolCall(ObjectNode call, String arguments) {
        call.put("id", "call_1").put("type", "function");
        call.putObject("function").put("name", tool.orElse("")).put("arguments", arguments);
    }

    private ObjectNode head(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", ID)
                .put("object", object)
                .put("created", CREATED)
                .put("model", model);
    }

    private ObjectNode usage() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens())
                .put("total_tokens", promptTokens + completionTokens());
    }
}
