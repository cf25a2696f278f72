package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a chat completion's request to a call of Converse. */
public final class ConverseTranslation {

    private ConverseTranslation() {}

    /** What came of a translation. */
    public sealed interface Result {

        record Carried(ConverseCall call) implements Result {}

        /**
         * Converse has no word for something.
         *
         * @param reason why this request cannot be carried; holds nothing of a prompt
         */
        record NotCarried(String reason) implements Result {}
    }

    public static Result translate(JsonNode request) {
        try {
            return new Result.Carried(call(request));
        } catch (NotCarriedException e) {
            return new Result.NotCarried(e.reason());
        }
    }

    private static ConverseCall call(JsonNode request) {
        var conversation = ConverseMessages.of(request.path("messages"));
        var tools = tools(request.path("tools"));
        var choice = request.path("tool_choice");
        if ("none".equals(choice.asText())) {
            tools = List.of();
        }
        if (tools.isEmpty() && conversation.hasToolBlocks()) {
            throw new NotCarriedException(
                    "Converse takes messages with tool calls only together with tools, and this request offers none");
        }
        return new ConverseCall(
                conversation.system(),
                conversation.turns(),
                inference(request),
                tools,
                tools.isEmpty() ? Optional.empty() : choice(choice));
    }

    private static ConverseCall.Inference inference(JsonNode request) {
        var maxTokens = number(request, "max_completion_tokens")
                .or(() -> number(request, "max_tokens"))
                .map(JsonNode::asInt);
        return new ConverseCall.Inference(
                maxTokens, share(request, "temperature"), share(request, "top_p"), stop(request.path("stop")));
    }

    private static Optional<JsonNode> number(JsonNode request, String field) {
        return Optional.ofNullable(request.get(field)).filter(JsonNode::isNumber);
    }

    /** Converse takes 0 to 1, where OpenAI's temperature goes up to 2. */
    private static Optional<Double> share(JsonNode request, String field) {
        var value = number(request, field).map(JsonNode::asDouble);
        if (value.isPresent() && value.get() > 1) {
            throw new NotCarriedException(field + " above 1 has no equivalent in Converse");
        }
        return value;
    }

    private static List<String> stop(JsonNode stop) {
        var sequences = new ArrayList<String>();
        if (stop.isTextual()) {
            sequences.add(stop.asText());
        }
        stop.forEach(sequence -> sequences.add(sequence.asText()));
        return sequences;
    }

    private static List<ConverseCall.Tool> tools(JsonNode tools) {
        var translated = new ArrayList<ConverseCall.Tool>();
        for (var tool : tools) {
            if (!"function".equals(tool.path("type").asText())) {
                throw new NotCarriedException("Converse carries tools of type function only");
            }
            var function = tool.path("function");
            if (function.path("strict").asBoolean()) {
                throw new NotCarriedException("Converse cannot promise a tool's strict schema");
            }
            translated.add(new ConverseCall.Tool(
                    function.path("name").asText(),
                    Optional.of(function.path("description").asText()).filter(text -> !text.isBlank()),
                    schema(function.path("parameters"))));
        }
        return translated;
    }

    private static JsonNode schema(JsonNode parameters) {
        if (parameters.isObject() && !parameters.isEmpty()) {
            return parameters;
        }
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties");
        return schema;
    }

    private static Optional<ConverseCall.Choice> choice(JsonNode choice) {
        if (choice.isObject()) {
            if (!choice.path("function").has("name")) {
                throw new NotCarriedException("Converse carries a tool_choice of one function only");
            }
            return Optional.of(new ConverseCall.Choice.Named(
                    choice.path("function").path("name").asText()));
        }
        return "required".equals(choice.asText()) ? Optional.of(new ConverseCall.Choice.Any()) : Optional.empty();
    }
}
