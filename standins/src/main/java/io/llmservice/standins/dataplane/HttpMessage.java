package io.llmservice.standins.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request.
 *
 * @param method such as {@code POST}
 * @param path as it was sent, percent-encoded
 * @param headers names in lower case
 * @param body all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and bodies are large.
public record HttpMessage(String method, String path, Map<String, String> headers, byte[] body) {

    private static final int MAX_LINE = 64 * 1024;

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Reads one; empty if the client closed the connection. */
    static Optional<HttpMessage> read(InputStream input) throws IOException {
        String requestLine = line(input);
        if (requestLine.isEmpty()) {
            return Optional.empty();
        }
        var parts = requestLine.split(" ", 3);
        if (parts.length < 3) {
            throw new IOException("no request line");
        }
        var headers = new TreeMap<String, String>();
        for (String header = line(input); !header.isEmpty(); header = line(input)) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return Optional.of(new HttpMessage(parts[0], parts[1], headers, body(input, headers)));
    }

    private static byte[] body(InputStream input, Map<String, String> headers) throws IOException {
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = input.readNBytes(length);
            if (body.length < length) {
                throw new EOFException();
            }
            return body;
        }
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(input), 16); size > 0; size = Integer.parseInt(line(input), 16)) {
            body.writeBytes(input.readNBytes(size));
            line(input);
        }
        line(input);
        return body.toByteArray();
    }

    private static String line(InputStream input) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || line.size() > MAX_LINE) {
                return "";
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
