package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A whole answer of Converse as a chat completion. */
public final class ConverseDocument {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final ArrayNode toolCalls = JsonNodeFactory.instance.arrayNode();
    private String finish = "stop";
    private TokenCount tokens = new TokenCount(0, 0, 0);

    private ConverseDocument() {}

    /** From the same events that a stream has. */
    public static ObjectNode of(AnswerHead head, List<ConverseEvent> events) {
        var answer = new ConverseDocument();
        events.forEach(answer::add);
        return answer.document(head);
    }

    private void add(ConverseEvent event) {
        switch (event) {
            case ConverseEvent.Text piece -> text.append(piece.text());
            case ConverseEvent.Reasoning piece -> reasoning.append(piece.text());
            case ConverseEvent.ToolStart start ->
                toolCalls
                        .addObject()
                        .put("id", start.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", start.name())
                        .put("arguments", "{}");
            case ConverseEvent.ToolInput input ->
                ((ObjectNode) toolCalls.path(toolCalls.size() - 1).path("function")).put("arguments", input.json());
            case ConverseEvent.BlockEnd end -> {}
            case ConverseEvent.Stop stop -> finish = FinishReason.ofConverse(stop.reason());
            case ConverseEvent.Tokens count -> tokens = count.count();
        }
    }

    private ObjectNode document(AnswerHead head) {
        var document = head.document();
        var choice = document.putArray("choices").addObject().put("index", 0);
        var message = choice.putObject("message").put("role", "assistant");
        message.put("content", text.isEmpty() && !toolCalls.isEmpty() ? null : text.toString());
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!toolCalls.isEmpty()) {
            message.set("tool_calls", toolCalls);
        }
        choice.putNull("logprobs").put("finish_reason", finish);
        document.set("usage", tokens.usage());
        return document;
    }
}
