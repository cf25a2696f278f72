package io.llmservice.gateway.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmservice.gateway.translate.ConverseCall.Block;
import io.llmservice.gateway.translate.ConverseCall.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A conversation in the form of Converse: the system's texts apart, and user and assistant in turn. */
final class ConverseMessages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DATA_URL = Pattern.compile("data:image/([a-zA-Z]+);base64,", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> FORMATS =
            Map.of("png", "png", "jpeg", "jpeg", "jpg", "jpeg", "gif", "gif", "webp", "webp");

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private boolean toolBlocks;

    private ConverseMessages() {}

    static ConverseMessages of(JsonNode messages) {
        var conversation = new ConverseMessages();
        messages.forEach(conversation::add);
        if (conversation.turns.isEmpty() || !conversation.turns.getFirst().user()) {
            throw new NotCarriedException("Converse wants a conversation to begin with a message of the user");
        }
        return conversation;
    }

    List<String> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    boolean hasToolBlocks() {
        return toolBlocks;
    }

    private void add(JsonNode message) {
        String role = message.path("role").asText();
        switch (role) {
            case "system", "developer" -> system.addAll(texts(message.path("content")));
            case "user" -> append(true, parts(message.path("content")));
            case "assistant" -> append(false, assistant(message));
            case "tool" -> append(true, List.of(toolResult(message)));
            default -> throw new NotCarriedException("Converse has no message of the role that this request names");
        }
    }

    /** Converse wants the roles in turn, so that a message of the same role goes on where the last one ended. */
    private void append(boolean user, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        if (!turns.isEmpty() && turns.getLast().user() == user) {
            var joined = new ArrayList<>(turns.removeLast().blocks());
            joined.addAll(blocks);
            turns.add(new Turn(user, joined));
        } else {
            turns.add(new Turn(user, blocks));
        }
    }

    private List<Block> assistant(JsonNode message) {
        if (message.hasNonNull("audio") || message.hasNonNull("function_call")) {
            throw new NotCarriedException("Converse carries neither audio nor function_call of an assistant's message");
        }
        var blocks = parts(message.path("content"));
        if (message.hasNonNull("refusal")) {
            addText(blocks, message.path("refusal").asText());
        }
        for (var call : message.path("tool_calls")) {
            toolBlocks = true;
            var function = call.path("function");
            blocks.add(new Block.ToolUse(
                    call.path("id").asText(),
                    function.path("name").asText(),
                    arguments(function.path("arguments").asText())));
        }
        return blocks;
    }

    private static JsonNode arguments(String text) {
        if (text.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var arguments = JSON.readTree(text);
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JsonProcessingException e) {
            // Said below: the parser's message holds a piece of the text.
        }
        throw new NotCarriedException("Converse wants the arguments of a tool call to be a JSON object");
    }

    private Block toolResult(JsonNode message) {
        toolBlocks = true;
        return new Block.ToolResult(
                message.path("tool_call_id").asText(), String.join("\n", texts(message.path("content"))));
    }

    private static List<String> texts(JsonNode content) {
        var texts = new ArrayList<String>();
        for (var block : parts(content)) {
            if (!(block instanceof Block.Text text)) {
                throw new NotCarriedException("Converse carries images in messages of the user only");
            }
            texts.add(text.text());
        }
        return texts;
    }

    private static List<Block> parts(JsonNode content) {
        var blocks = new ArrayList<Block>();
        if (content.isTextual()) {
            addText(blocks, content.asText());
        }
        for (var part : content) {
            switch (part.path("type").asText()) {
                case "text" -> addText(blocks, part.path("text").asText());
                case "refusal" -> addText(blocks, part.path("refusal").asText());
                case "image_url" ->
                    blocks.add(image(part.path("image_url").path("url").asText()));
                default -> throw new NotCarriedException("Converse carries parts of type text and image_url only");
            }
        }
        return blocks;
    }

    /** Converse refuses blank texts. */
    private static void addText(List<Block> blocks, String text) {
        if (!text.isBlank()) {
            blocks.add(new Block.Text(text));
        }
    }

    private static Block image(String url) {
        var match = DATA_URL.matcher(url);
        if (!match.lookingAt()) {
            throw new NotCarriedException(
                    "images must be data: URLs with base64; the gateway never fetches an image's URL");
        }
        var format = FORMATS.get(match.group(1).toLowerCase(Locale.ROOT));
        if (format == null) {
            throw new NotCarriedException("Converse carries images in png, jpeg, gif and webp only");
        }
        return new Block.Image(format, url.substring(match.end()));
    }
}
