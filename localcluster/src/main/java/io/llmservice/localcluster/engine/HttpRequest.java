package io.llmservice.localcluster.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One HTTP/1.1 request, read whole. */
record HttpRequest(String method, String path, Map<String, String> headers, String body) {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 256;
    private static final int MAX_BODY = 64 * 1024 * 1024;

    HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** A header's value, by its name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean keepsAlive() {
        return !"close".equalsIgnoreCase(header("connection").orElse(""));
    }

    /**
     * Reads a request whose first byte was read already.
     *
     * @throws IOException if the client is gone or does not speak HTTP/1.1
     */
    static HttpRequest read(int firstByte, InputStream in) throws IOException {
        String[] start = ((char) firstByte + line(in)).split(" ", 3);
        if (start.length != 3) {
            throw new IOException("no HTTP request line");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() == MAX_HEADERS) {
                throw new IOException("no HTTP header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int query = start[1].indexOf('?');
        String path = query < 0 ? start[1] : start[1].substring(0, query);
        return new HttpRequest(start[0], path, headers, new String(body(headers, in), StandardCharsets.UTF_8));
    }

    private static byte[] body(Map<String, String> headers, InputStream in) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        return exactly(length(headers.getOrDefault("content-length", "0"), 10), in);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = length(line(in), 16);
        while (length > 0) {
            body.writeBytes(exactly(length, in));
            line(in);
            length = length(line(in), 16);
        }
        line(in);
        return body.toByteArray();
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client left amid its request");
        }
        return bytes;
    }

    private static int length(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text.strip(), radix);
            if (length < 0 || length > MAX_BODY) {
                throw new IOException("a body of " + length + " bytes");
            }
            return length;
        } catch (NumberFormatException noNumber) {
            throw new IOException("no length: " + text, noNumber);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0 || line.size() == MAX_LINE) {
                throw new EOFException("the client left amid its request");
            }
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
