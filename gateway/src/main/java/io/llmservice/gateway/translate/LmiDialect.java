package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * DJL's large model inference container: a body with {@code messages} is a chat completion there. Older handlers stream
 * one JSON document a line, newer ones server-sent events.
 */
public record LmiDialect() implements ContainerDialect {

    @Override
    public ObjectNode request(JsonNode body) {
        return ContainerDialect.withMaxTokens(Carriage.carried(Dialect.LMI, body));
    }
}
