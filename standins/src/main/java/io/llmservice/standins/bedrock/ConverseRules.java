package io.llmservice.standins.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What Converse refuses, as far as a translation from OpenAI's API can run into it. */
final class ConverseRules {

    private ConverseRules() {}

    /** The message of a ValidationException; empty if the request is valid. */
    static Optional<String> problem(JsonNode request) {
        var messages = request.path("messages");
        String before = "assistant";
        boolean toolBlocks = false;
        for (var message : messages) {
            String role = message.path("role").asText();
            if (role.equals(before)) {
                return Optional.of(
                        role.equals("assistant")
                                ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
                                : "A conversation must alternate between user and assistant roles.");
            }
            before = role;
            if (message.path("content").isEmpty()) {
                return Optional.of("The content field in the Message object is empty.");
            }
            for (var block : message.path("content")) {
                if (block.has("text") && block.path("text").asText().isBlank()) {
                    return Optional.of("The text field in the ContentBlock object is blank.");
                }
                toolBlocks |= block.has("toolUse") || block.has("toolResult");
            }
        }
        if (messages.isEmpty()) {
            return Optional.of("A conversation must start with a user message.");
        }
        if (toolBlocks && request.path("toolConfig").path("tools").isEmpty()) {
            return Optional.of(
                    "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        }
        return inference(request.path("inferenceConfig"));
    }

    private static Optional<String> inference(JsonNode inference) {
        if (inference.path("temperature").asDouble(0) > 1) {
            return Optional.of("Value at 'inferenceConfig.temperature' must be at most 1.");
        }
        if (inference.path("maxTokens").asInt(1) < 1) {
            return Optional.of("Value at 'inferenceConfig.maxTokens' must be at least 1.");
        }
        return Optional.empty();
    }
}
