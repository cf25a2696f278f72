package io.llmservice.standins.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.standins.dataplane.Answers;
import java.util.List;
import java.util.Optional;

/**
 * What is answered to one Converse request.
 *
 * @param words of the answer
 * @param tool name of the tool that is called, with what it is given
 * @param echo the last text of the conversation, which the tool is given
 * @param stopReason Converse's word for why it ends
 * @param inputTokens tokens of the prompt
 */
record ConverseAnswer(List<String> words, Optional<String> tool, String echo, String stopReason, int inputTokens) {

    static ConverseAnswer to(JsonNode request, Answers answers) {
        Optional<Integer> maxTokens = Optional.ofNullable(
                        request.path("inferenceConfig").get("maxTokens"))
                .map(JsonNode::asInt);
        var messages = request.path("messages");
        var last = messages.path(messages.size() - 1).path("content");
        boolean answered = last.findValue("toolResult") != null;
        var tool = answered
                ? Optional.<String>empty()
                : Optional.ofNullable(request.at("/toolConfig/tools/0/toolSpec").get("name"))
                        .map(JsonNode::asText);
        String stop = tool.isPresent() ? "tool_use" : answers.isCut(maxTokens) ? "max_tokens" : "end_turn";
        String echo = last.path(last.size() - 1).path("text").asText();
        return new ConverseAnswer(answers.words(maxTokens), tool, echo, stop, Answers.promptTokens(messages));
    }

    /** The answer of Converse. */
    ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode();
        var message = document.putObject("output").putObject("message").put("role", "assistant");
        var content = message.putArray("content");
        content.addObject().put("text", String.join("", words));
        tool.ifPresent(name -> content.addObject()
                .putObject("toolUse")
                .put("toolUseId", "tooluse_1")
                .put("name", name)
                .putObject("input")
                .put("echo", echo));
        document.put("stopReason", stopReason);
        document.set("usage", usage());
        document.putObject("metrics").put("latencyMs", 1);
        return document;
    }

    ObjectNode usage() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("inputTokens", inputTokens)
                .put("outputTokens", words.size())
                .put("totalTokens", inputTokens + words.size());
    }
}
