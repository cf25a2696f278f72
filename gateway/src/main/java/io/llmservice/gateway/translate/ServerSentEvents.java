package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** The events that clients of OpenAI's API read. */
final class ServerSentEvents {

    static final String DONE = "[DONE]";

    private ServerSentEvents() {}

    static byte[] data(JsonNode node) {
        return data(node.toString());
    }

    static byte[] done() {
        return data(DONE);
    }

    private static byte[] data(String text) {
        return ("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
