package io.llmservice.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends exactly the bytes that a test wants. */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** A request with its length. */
    public static String post(String path, String body) {
        return "POST %s HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, body.getBytes(UTF_8).length, body);
    }

    /** Reads until the text has come, and returns all up to its end. */
    public String readUntil(String text) throws IOException {
        var seen = new ByteArrayOutputStream();
        while (!seen.toString(ISO_8859_1).endsWith(text)) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + seen.toString(UTF_8));
            }
            seen.write(b);
        }
        return seen.toString(UTF_8);
    }

    /** Reads until the gateway closes the connection. */
    public String readToEnd() throws IOException {
        var seen = new ByteArrayOutputStream();
        try {
            in.transferTo(seen);
        } catch (java.net.SocketException reset) {
            seen.writeBytes("[reset]".getBytes(UTF_8));
        }
        return seen.toString(UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
