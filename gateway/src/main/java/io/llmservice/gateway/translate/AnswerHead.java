package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What every chunk of one answer begins with.
 *
 * @param id stable over the answer
 * @param created seconds since 1970
 * @param model what the client sent
 */
public record AnswerHead(String id, long created, String model) {

    ObjectNode chunk() {
        return begin("chat.completion.chunk");
    }

    ObjectNode document() {
        return begin("chat.completion");
    }

    /** A chunk with one choice, whose delta is filled by the caller. */
    ObjectNode choiceChunk(ObjectNode delta) {
        var chunk = chunk();
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").putNull("finish_reason");
        return chunk;
    }

    private ObjectNode begin(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }
}
