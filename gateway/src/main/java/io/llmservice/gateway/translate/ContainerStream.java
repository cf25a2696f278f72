package io.llmservice.gateway.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the bytes that LMI and TGI containers stream to chunks with one id and the client's model. Understands OpenAI's
 * chunks, as events or as lines, and TGI's own tokens.
 */
public final class ContainerStream implements StreamTranslation<byte[]> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AnswerHead head;
    private final boolean includeUsage;
    private final SseSplitter splitter = new SseSplitter();
    private boolean begun;
    private boolean finished;
    private boolean failed;

    public ContainerStream(AnswerHead head, boolean includeUsage) {
        this.head = head;
        this.includeUsage = includeUsage;
    }

    @Override
    public List<byte[]> next(byte[] bytes) {
        var chunks = new ArrayList<byte[]>();
        try {
            splitter.next(bytes).forEach(data -> event(data, chunks));
        } catch (IllegalStateException e) {
            return broken();
        }
        return chunks;
    }

    @Override
    public List<byte[]> end() {
        var chunks = new ArrayList<byte[]>();
        splitter.end().forEach(data -> event(data, chunks));
        if (failed) {
            return chunks;
        }
        if (finished) {
            chunks.add(ServerSentEvents.done());
        } else {
            chunks.addAll(fail(
                    new ErrorBody("api_error", "ended_early", "The answer ended before it was complete. Ask again.")));
        }
        return chunks;
    }

    @Override
    public List<byte[]> fail(ErrorBody error) {
        if (failed) {
            return List.of();
        }
        failed = true;
        return List.of(ServerSentEvents.data(error.document()), ServerSentEvents.done());
    }

    private List<byte[]> broken() {
        return fail(new ErrorBody("api_error", "upstream_failed", "The container's stream cannot be read."));
    }

    private void event(String data, List<byte[]> chunks) {
        if (failed || data.strip().equals(ServerSentEvents.DONE)) {
            return;
        }
        try {
            var node = JSON.readTree(data);
            if (node.has("error")) {
                chunks.addAll(fail(error(node)));
            } else if (node.has("token")) {
                token(node, chunks);
            } else if (node instanceof ObjectNode chunk && chunk.has("choices")) {
                chunk(chunk, chunks);
            }
        } catch (JsonProcessingException e) {
            chunks.addAll(broken());
        }
    }

    /** TGI says {@code {"error": "...", "error_type": "..."}}, others an object; a container's error may quote the prompt. */
    private static ErrorBody error(JsonNode node) {
        var error = node.path("error");
        String message =
                error.isTextual() ? error.asText() : error.path("message").asText();
        String type = error.isTextual()
                ? node.path("error_type").asText()
                : error.path("type").asText();
        return new ErrorBody(type.isEmpty() ? "api_error" : type, "upstream_failed", message);
    }

    private void chunk(ObjectNode chunk, List<byte[]> chunks) {
        boolean usageOnly = chunk.path("choices").isEmpty();
        if (usageOnly && !includeUsage) {
            return;
        }
        chunk.put("id", head.id()).put("object", "chat.completion.chunk").put("created", head.created());
        chunk.put("model", head.model());
        for (var choice : chunk.path("choices")) {
            if (!(choice instanceof ObjectNode object)) {
                chunks.addAll(broken());
                return;
            }
            role(choice.path("delta"));
            Optional.ofNullable(choice.get("finish_reason"))
                    .filter(JsonNode::isTextual)
                    .ifPresent(reason -> finish(object, reason.asText()));
        }
        chunks.add(ServerSentEvents.data(chunk));
    }

    private void finish(ObjectNode choice, String reason) {
        finished = true;
        choice.put("finish_reason", FinishReason.ofContainer(reason));
    }

    private void role(JsonNode delta) {
        if (!begun && delta instanceof ObjectNode object) {
            begun = true;
            object.put("role", "assistant");
        }
    }

    private void token(JsonNode node, List<byte[]> chunks) {
        var delta = JsonNodeFactory.instance.objectNode();
        role(delta);
        boolean special = node.path("token").path("special").asBoolean();
        delta.put("content", special ? "" : node.path("token").path("text").asText());
        var chunk = head.choiceChunk(delta);
        var details = node.path("details");
        if (details.hasNonNull("finish_reason")) {
            finish(
                    (ObjectNode) chunk.path("choices").path(0),
                    details.path("finish_reason").asText());
        }
        chunks.add(ServerSentEvents.data(chunk));
        if (finished && includeUsage && details.has("input_length")) {
            var usage = head.chunk();
            usage.putArray("choices");
            usage.set("usage", tokens(details).usage());
            chunks.add(ServerSentEvents.data(usage));
        }
    }

    private static TokenCount tokens(JsonNode details) {
        return new TokenCount(
                details.path("input_length").asLong(),
                0,
                details.path("generated_tokens").asLong());
    }
}
