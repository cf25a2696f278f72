package io.llmservice.standins.eventstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32;

/**
 * One message: a prelude of two lengths with its CRC, headers, a payload, and the CRC of it all.
 *
 * @param headers names and values; all are strings here, as the services send them
 * @param payload bytes; the array is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
public record EventStreamMessage(SequencedMap<String, String> headers, byte[] payload) {

    private static final int PRELUDE = 12;
    private static final int TRAILER = 4;
    private static final byte STRING = 7;

    /** An event with a JSON payload. */
    public static EventStreamMessage event(String type, String json) {
        return event(type, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** An event with a payload of any type. */
    public static EventStreamMessage event(String type, String contentType, byte[] payload) {
        return new EventStreamMessage(headers("event", ":event-type", type, contentType), payload);
    }

    /** An error of the service's model, after which the stream ends. */
    public static EventStreamMessage exception(String type, String json) {
        return new EventStreamMessage(
                headers("exception", ":exception-type", type, "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    private static SequencedMap<String, String> headers(String kind, String name, String type, String contentType) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(name, type);
        headers.put(":content-type", contentType);
        headers.put(":message-type", kind);
        return headers;
    }

    /** The message as it goes over the wire. */
    public byte[] encode() {
        var encodedHeaders = new ByteArrayOutputStream();
        headers.forEach((name, value) -> encodedHeaders.writeBytes(header(name, value)));
        int total = PRELUDE + encodedHeaders.size() + payload.length + TRAILER;
        var message = ByteBuffer.allocate(total);
        message.putInt(total).putInt(encodedHeaders.size());
        message.putInt(crc(message.array(), message.position()));
        message.put(encodedHeaders.toByteArray()).put(payload);
        message.putInt(crc(message.array(), message.position()));
        return message.array();
    }

    private static byte[] header(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + nameBytes.length + 1 + 2 + valueBytes.length)
                .put((byte) nameBytes.length)
                .put(nameBytes)
                .put(STRING)
                .putShort((short) valueBytes.length)
                .put(valueBytes)
                .array();
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
