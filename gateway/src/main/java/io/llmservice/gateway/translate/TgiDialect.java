package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Hugging Face's text generation inference: its Messages API takes chat completions (from 1.4 on, up to 2.x with
 * {@code MESSAGES_API_ENABLED=true} on the container). The model's name must be one it accepts, so it gets its own.
 */
public record TgiDialect() implements ContainerDialect {

    @Override
    public ObjectNode request(JsonNode body) {
        return ContainerDialect.withMaxTokens(Carriage.carried(Dialect.TGI, body))
                .put("model", "tgi");
    }
}
