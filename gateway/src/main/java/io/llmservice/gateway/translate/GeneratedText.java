package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer {@code {"generated_text": …, "details": …}} of containers, alone or in a list, as a chat completion. */
final class GeneratedText {

    private GeneratedText() {}

    static ObjectNode document(AnswerHead head, JsonNode answer) {
        var one = answer.isArray() ? answer.path(0) : answer;
        var details = one.path("details");
        var document = head.document();
        var choice = document.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", one.path("generated_text").asText());
        choice.put(
                "finish_reason",
                FinishReason.ofContainer(details.path("finish_reason").asText("stop")));
        if (details.has("input_length")) {
            var count = new TokenCount(
                    details.path("input_length").asLong(),
                    0,
                    details.path("generated_tokens").asLong());
            document.set("usage", count.usage());
        }
        return document;
    }
}
