package io.llmservice.gateway.relay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a stream of plain text, which another pod can go on with from token ids. Any field that could make the rest
 * differ (tools, structured output, penalties, stop words, a template's switches) is not among those that are known here.
 */
final class PlainChat {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A larger body is not parsed on an event loop. */
    private static final int LARGEST = 1024 * 1024;

    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "n",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "ignore_eos",
            "seed",
            "user",
            "priority",
            "cache_salt",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key");

    /** A seed is left out: begun anew, it would repeat the draws of the answer's beginning. */
    private static final List<String> KEPT = List.of(
            "model",
            "stream_options",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "ignore_eos",
            "user",
            "priority",
            "cache_salt");

    private final ObjectNode kept;
    private final @Nullable Integer maxTokens;
    private Buffer chat;

    private PlainChat(ObjectNode body) {
        this.kept = JSON.createObjectNode();
        for (String field : KEPT) {
            if (body.has(field)) {
                kept.set(field, body.get(field));
            }
        }
        JsonNode most =
                body.hasNonNull("max_completion_tokens") ? body.get("max_completion_tokens") : body.path("max_tokens");
        this.maxTokens = most.isInt() ? most.intValue() : null;
        this.chat = bytes(body.put("return_token_ids", true));
    }

    /** Whether a stream of this request may be continued, by its service and the names of its fields. */
    static boolean isContinuable(ServiceRoute route, SentBody body) {
        return Boolean.TRUE.equals(route.gateway().continueStreams())
                && body.api() == ApiRoute.CHAT_COMPLETIONS
                && body.scan().stream()
                && FIELDS.containsAll(body.scan().fields());
    }

    /** Reads a body whose fields are known; empty if their values ask for more than one plain text. */
    static Optional<PlainChat> read(Buffer body) {
        if (body.length() > LARGEST) {
            return Optional.empty();
        }
        try {
            return JSON.readTree(body.getBytes()) instanceof ObjectNode object && isPlain(object)
                    ? Optional.of(new PlainChat(object))
                    : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(ObjectNode body) {
        if (body.hasNonNull("n") && body.path("n").asInt() != 1) {
            return false;
        }
        for (JsonNode message : body.path("messages")) {
            for (JsonNode part : message.path("content")) {
                if (!part.path("type").asText().equals("text")) {
                    return false; // an image is no token id
                }
            }
        }
        return true;
    }

    /** The chat, asking for token ids. */
    Buffer chat() {
        return chat;
    }

    /** The client has seen something: from here on only the rest is asked for. */
    void forgetChat() {
        chat = Buffer.buffer();
    }

    /** Whether there is room for another token. */
    boolean hasRoom(TokenLedger ledger) {
        return maxTokens == null || maxTokens > ledger.sent();
    }

    /** A body for {@code /v1/completions} that asks for what follows the tokens that were sent. */
    Buffer rest(TokenLedger ledger) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var field : kept.properties()) {
                json.writeFieldName(field.getKey());
                json.writeTree(field.getValue());
            }
            json.writeBooleanField("stream", true);
            json.writeBooleanField("return_token_ids", true);
            json.writeFieldName("max_tokens");
            if (maxTokens == null) {
                json.writeNull(); // left out it would mean 16; null means as many as fit
            } else {
                json.writeNumber(maxTokens - ledger.sent());
            }
            json.writeFieldName("prompt");
            ledger.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static Buffer bytes(ObjectNode body) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
