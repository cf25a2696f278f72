package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The simulator's chat template: for each message a token for its role, its text, and a token for its end. */
final class ChatPrompt {
    private static final List<String> ROLES = List.of("system", "user", "assistant", "tool");
    private static final int FIRST_ROLE = 2;
    private static final int ASSISTANT = FIRST_ROLE + 2;

    private ChatPrompt() {}

    static List<Integer> encode(ObjectNode body, TextModel model) {
        boolean continues = body.path("continue_final_message").asBoolean();
        boolean asks = body.path("add_generation_prompt").asBoolean(true) && !continues;
        List<Integer> prompt = new ArrayList<>();
        JsonNode messages = body.path("messages");
        for (JsonNode message : messages) {
            int role = ROLES.indexOf(message.path("role").asText("user"));
            prompt.add(FIRST_ROLE + Math.max(0, role));
            prompt.addAll(model.encode(text(message.path("content"))));
            prompt.add(TextModel.END);
        }
        if (continues) {
            prompt.removeLast();
        }
        if (asks) {
            prompt.add(ASSISTANT);
        }
        return prompt;
    }

    /** A message's text, which is a string or a list of parts. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}
