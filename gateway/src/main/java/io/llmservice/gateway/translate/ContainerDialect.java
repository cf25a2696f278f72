package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What containers behind SageMaker's {@code /invocations} are sent, and what a whole answer of theirs becomes. */
public sealed interface ContainerDialect permits LmiDialect, TgiDialect {

    /** The body for the container. */
    ObjectNode request(JsonNode body);

    /** A whole answer with the client's model and OpenAI's finish reasons. */
    default ObjectNode document(AnswerHead head, JsonNode answer) {
        if (!(answer instanceof ObjectNode object) || !object.has("choices")) {
            return GeneratedText.document(head, answer);
        }
        object.put("id", head.id()).put("object", "chat.completion").put("model", head.model());
        if (!object.hasNonNull("created")) {
            object.put("created", head.created());
        }
        for (var choice : object.path("choices")) {
            ((ObjectNode) choice)
                    .put(
                            "finish_reason",
                            FinishReason.ofContainer(
                                    choice.path("finish_reason").asText()));
        }
        return object;
    }

    /** Both containers know {@code max_tokens} only. */
    static ObjectNode withMaxTokens(ObjectNode request) {
        var limit = request.remove("max_completion_tokens");
        if (limit != null && !limit.isNull()) {
            request.set("max_tokens", limit);
        }
        return request;
    }
}
