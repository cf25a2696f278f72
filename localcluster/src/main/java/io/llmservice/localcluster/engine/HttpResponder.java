package io.llmservice.localcluster.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the response to one request: either whole, or as a stream of server-sent events. */
final class HttpResponder {
    private static final Map<Integer, String> PHRASES = Map.of(
            200, "OK",
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed",
            500, "Internal Server Error",
            503, "Service Unavailable");

    private final OutputStream out;
    private final boolean keepAlive;
    private boolean streaming;

    HttpResponder(OutputStream out, boolean keepAlive) {
        this.out = out;
        this.keepAlive = keepAlive;
    }

    void send(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = head(status);
        if (!contentType.isEmpty()) {
            head.append("content-type: ").append(contentType).append("\r\n");
        }
        head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(bytes);
        write(whole);
    }

    void json(int status, String body) throws IOException {
        send(status, "application/json", body);
    }

    /** Starts the stream if need be and sends one event. */
    void event(String data) throws IOException {
        if (!streaming) {
            streaming = true;
            StringBuilder head = head(200)
                    .append("content-type: text/event-stream; charset=utf-8\r\n")
                    .append("transfer-encoding: chunked\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        chunk.writeBytes(event);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        write(chunk);
    }

    /** Ends a stream. */
    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private StringBuilder head(int status) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(PHRASES.getOrDefault(status, ""))
                .append("\r\nserver: uvicorn\r\n");
        return keepAlive ? head : head.append("connection: close\r\n");
    }

    private void write(ByteArrayOutputStream bytes) throws IOException {
        out.write(bytes.toByteArray());
        out.flush();
    }
}
