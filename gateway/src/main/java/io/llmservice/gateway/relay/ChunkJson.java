package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chunks of a chat's stream as trees, and the chunks that are made in the likeness of others. */
final class ChunkJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final byte[] BEFORE = "data: ".getBytes(UTF_8);

    private ChunkJson() {}

    /** Where an event's data begins; -1 if it has none. */
    static int data(byte[] event) {
        int found = EventStream.indexOf(event, 0, Math.min(event.length, 256), DATA);
        return found < 0 ? -1 : found + DATA.length;
    }

    /** The chunk that an event holds; empty if it holds something else. */
    static Optional<ObjectNode> read(byte[] event, int data) {
        try {
            return JSON.readTree(event, data, event.length - data) instanceof ObjectNode chunk
                    ? Optional.of(chunk)
                    : Optional.empty();
        } catch (IOException other) {
            return Optional.empty();
        }
    }

    static byte[] event(ObjectNode chunk) {
        try {
            byte[] json = JSON.writeValueAsBytes(chunk);
            byte[] event = new byte[BEFORE.length + json.length + 2];
            System.arraycopy(BEFORE, 0, event, 0, BEFORE.length);
            System.arraycopy(json, 0, event, BEFORE.length, json.length);
            event[event.length - 2] = '\n';
            event[event.length - 1] = '\n';
            return event;
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The only choice of a chunk. */
    static @Nullable ObjectNode choice(ObjectNode chunk) {
        JsonNode choices = chunk.path("choices");
        return choices.size() == 1 && choices.get(0) instanceof ObjectNode choice ? choice : null;
    }

    /** A chunk like {@code model}, with other text. */
    static ObjectNode like(ObjectNode model, String text, JsonNode finish) {
        ObjectNode chunk = model.deepCopy();
        chunk.remove("usage");
        ObjectNode choice = choice(chunk);
        if (choice != null) {
            choice.putObject("delta").put("content", text);
            choice.set("finish_reason", finish);
        }
        return chunk;
    }

    /** Makes a chunk one of the answer that {@code model} is of. */
    static void identify(ObjectNode chunk, ObjectNode model) {
        for (String field : new String[] {"id", "object", "created", "model"}) {
            if (model.has(field)) {
                chunk.set(field, model.get(field));
            }
        }
    }

    /** The last chunk, with the tokens of the whole answer. */
    static ObjectNode usage(ObjectNode model, TokenLedger ledger) {
        ObjectNode chunk = JSON.createObjectNode();
        identify(chunk, model);
        chunk.putArray("choices");
        chunk.putObject("usage")
                .put("prompt_tokens", ledger.promptTokens())
                .put("total_tokens", ledger.promptTokens() + ledger.sent())
                .put("completion_tokens", ledger.sent());
        return chunk;
    }

    /** Makes the usage in a continuation's chunk that of the whole answer. */
    static void makeWhole(ObjectNode chunk, int prompt, int before) {
        if (chunk.get("usage") instanceof ObjectNode usage) {
            int output = before + usage.path("completion_tokens").asInt();
            usage.put("prompt_tokens", prompt)
                    .put("total_tokens", prompt + output)
                    .put("completion_tokens", output);
            usage.remove("prompt_tokens_details"); // what the continuation's prompt hit in the cache was not asked for
        }
    }
}
