package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An error in OpenAI's shape.
 *
 * @param type OpenAI's word for the kind
 * @param code one word for programs
 * @param message what is the case
 */
public record ErrorBody(String type, String code, String message) {

    public ObjectNode document() {
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return document;
    }
}
