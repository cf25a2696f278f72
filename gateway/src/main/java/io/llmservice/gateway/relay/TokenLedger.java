package io.llmservice.gateway.relay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;

/** The token ids of a prompt and of what was generated from it, and how many of those the client has seen as text. */
final class TokenLedger {

    private static final int[] NONE = new int[0];

    private int[] prompt = NONE;
    private int[] generated = NONE;
    private int written;
    private int sent;

    void prompt(JsonNode ids) {
        prompt = new int[ids.size()];
        for (int i = 0; i < prompt.length; i++) {
            prompt[i] = ids.get(i).intValue();
        }
    }

    /** Takes tokens whose text the client has not got yet. */
    void generated(JsonNode ids) {
        if (generated.length < written + ids.size()) {
            generated = Arrays.copyOf(generated, Math.max(64, (written + ids.size()) * 2));
        }
        for (JsonNode id : ids) {
            generated[written++] = id.intValue();
        }
    }

    /** The client has got the text of all tokens so far. */
    void commit() {
        sent = written;
    }

    /** Forgets the tokens whose text the client has not got; they will be generated anew. */
    void rollBack() {
        written = sent;
    }

    boolean knowsPrompt() {
        return prompt.length > 0;
    }

    int promptTokens() {
        return prompt.length;
    }

    int sent() {
        return sent;
    }

    /** Writes an array of the prompt's ids and of those that were sent. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int id : prompt) {
            json.writeNumber(id);
        }
        for (int i = 0; i < sent; i++) {
            json.writeNumber(generated[i]);
        }
        json.writeEndArray();
    }
}
