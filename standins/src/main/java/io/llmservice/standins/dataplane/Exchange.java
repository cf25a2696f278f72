package io.llmservice.standins.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One request on its connection, and the response to it. */
public final class Exchange {

    private final HttpMessage request;
    private final Socket socket;
    private final PushbackInputStream input;
    private final OutputStream output;

    Exchange(HttpMessage request, Socket socket, PushbackInputStream input) throws IOException {
        this.request = request;
        this.socket = socket;
        this.input = input;
        this.output = socket.getOutputStream();
    }

    public HttpMessage request() {
        return request;
    }

    /** Answers with a whole body. */
    public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        var message = new ByteArrayOutputStream();
        message.writeBytes(head(status, headers, "content-length: " + body.length));
        message.writeBytes(body);
        write(message.toByteArray());
    }

    /** Begins a streamed answer; {@link #chunk} and {@link #end} follow. */
    public void stream(Map<String, String> headers) throws IOException {
        write(head(200, headers, "transfer-encoding: chunked"));
    }

    public void chunk(byte[] bytes) throws IOException {
        var message = new ByteArrayOutputStream();
        message.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(bytes);
        message.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        write(message.toByteArray());
    }

    public void end() throws IOException {
        write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Resets the connection. */
    public void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        throw new Dropped();
    }

    /** Waits, and fails with {@link ClientLeft} at once when the client leaves meanwhile. */
    public void pause(Duration time) throws IOException {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
            try {
                int next = input.read();
                if (next < 0) {
                    throw new ClientLeft();
                }
                input.unread(next);
                return;
            } catch (SocketTimeoutException e) {
                // Nothing came: the client is still there, as it should be.
            } catch (SocketException e) {
                throw new ClientLeft();
            } finally {
                resetTimeout();
            }
        }
    }

    private void resetTimeout() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoTimeout(0);
        }
    }

    private void write(byte[] bytes) throws IOException {
        try {
            output.write(bytes);
            output.flush();
        } catch (IOException e) {
            throw new ClientLeft();
        }
    }

    private static byte[] head(int status, Map<String, String> headers, String framing) {
        var head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append(framing).append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The client closed the connection before the response was complete. */
    static final class ClientLeft extends IOException {}

    /** The server closed it. */
    static final class Dropped extends IOException {}
}
