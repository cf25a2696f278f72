package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.llmservice.gateway.request.Usage;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the {@code usage} objects in an answer's bytes as they pass, wherever they are cut into chunks. Text of an answer
 * can't feign one: inside a JSON string the closing quote of {@code "usage"} is escaped.
 */
final class UsageScan {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NAME = "\"usage\"".getBytes(UTF_8);
    private static final int MAX_OBJECT = 4096;

    private final byte[] object = new byte[MAX_OBJECT];
    private int matched;
    private int captured;
    private int depth;
    private int found;
    private long input = -1;
    private long output = -1;

    void scan(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (depth > 0) {
                capture(b);
            } else if (matched == NAME.length) {
                afterName(b);
            } else if (b == NAME[matched]) {
                matched++;
            } else {
                matched = b == '"' ? 1 : 0;
            }
        }
    }

    private void afterName(byte b) {
        if (b == '{') {
            captured = 0;
            depth = 0;
            capture(b);
        } else if (b != ':' && b != ' ' && b != '\t' && b != '\n' && b != '\r') {
            matched = b == '"' ? 1 : 0;
        }
    }

    private void capture(byte b) {
        if (captured == MAX_OBJECT) {
            depth = 0;
            matched = 0;
            return;
        }
        object[captured++] = b;
        if (b == '{') {
            depth++;
        } else if (b == '}' && --depth == 0) {
            matched = 0;
            read();
        }
    }

    private void read() {
        try (JsonParser parser = JSON.createParser(object, 0, captured)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean number = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
                switch (name) {
                    case "prompt_tokens", "input_tokens" -> input = number ? parser.getLongValue() : input;
                    case "completion_tokens", "output_tokens" -> output = number ? parser.getLongValue() : output;
                    default -> parser.skipChildren();
                }
            }
            found++;
        } catch (IOException strange) {
            // An upstream that writes something else there is counted by characters.
            matched = 0;
        }
    }

    /** How many objects were found so far. */
    int found() {
        return found;
    }

    /** What the last of them said; an answer without output, such as an embedding's, names its input only. */
    Optional<Usage> usage() {
        return input < 0 && output < 0
                ? Optional.empty()
                : Optional.of(new Usage(Math.max(0, input), Math.max(0, output), false));
    }
}
