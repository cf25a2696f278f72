package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/** Whether a stream begins with an error: vLLM answers 200 and then says in the first event that its queue is full. */
final class FirstEvent {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] ERROR = "\"error\"".getBytes(UTF_8);
    private static final byte[] DATA = "data:".getBytes(UTF_8);

    private FirstEvent() {}

    /** The HTTP status that an error in the event stands for; empty if the event is none. */
    static OptionalInt error(byte[] event) {
        int data = EventStream.indexOf(event, 0, event.length, DATA);
        if (data < 0 || EventStream.indexOf(event, 0, event.length, ERROR) < 0) {
            return OptionalInt.empty();
        }
        int from = data + DATA.length;
        try (JsonParser parser = JSON.createParser(event, from, event.length - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OptionalInt.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean error = parser.currentName().equals("error");
                if (parser.nextToken() == JsonToken.START_OBJECT && error) {
                    return OptionalInt.of(code(parser));
                }
                if (error && parser.currentToken() == JsonToken.VALUE_STRING) {
                    return OptionalInt.of(500);
                }
                parser.skipChildren();
            }
            return OptionalInt.empty();
        } catch (IOException broken) {
            return OptionalInt.empty();
        }
    }

    private static int code(JsonParser parser) throws IOException {
        int code = 500;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean named = parser.currentName().equals("code");
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && named) {
                code = parser.getIntValue();
            }
            parser.skipChildren();
        }
        return code;
    }
}
