package io.llmservice.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that answers with exactly the bytes that a test wants, honest or not. */
public final class FakeUpstream implements AutoCloseable {

    private final ServerSocket server;
    private final Script script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private FakeUpstream(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    /** Starts one on a free port. */
    public static FakeUpstream start(Script script) {
        try {
            var upstream = new FakeUpstream(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), script);
            Thread.ofVirtual().start(upstream::accept);
            return upstream;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** One that answers a JSON document with its length. */
    public static FakeUpstream answering(int status, String json) {
        return start((request, client) -> client.json(status, json));
    }

    /** One that answers events, each a chunk of its own, and then ends. */
    public static FakeUpstream streaming(String... events) {
        return start((request, client) -> {
            client.streamHead();
            for (String event : events) {
                client.chunk(event);
            }
            client.endChunks();
        });
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var client = new Client(socket, in, socket.getOutputStream());
            while (true) {
                Received request = read(in);
                if (request == null) {
                    return;
                }
                received.add(request);
                script.answer(request, client);
                if (client.closes) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the gateway hung up, as some tests want it to
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable Received read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        String text = head.toString(ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Received(text, new String(in.readNBytes(length), UTF_8));
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        stop();
    }

    /** Goes away as a killed process does. */
    public void stop() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
    }

    /** What it does with a request. */
    @FunctionalInterface
    public interface Script {
        void answer(Received request, Client client) throws IOException;
    }

    /** A request that came. */
    public record Received(String head, String body) {}

    /** The other end of the connection. */
    public static final class Client {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean closes;

        Client(Socket socket, InputStream in, OutputStream out) {
            this.socket = socket;
            this.in = in;
            this.out = out;
        }

        public void raw(String bytes) throws IOException {
            out.write(bytes.getBytes(UTF_8));
            out.flush();
        }

        public void json(int status, String json) throws IOException {
            raw("HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(status, json.getBytes(UTF_8).length, json));
        }

        public void streamHead() throws IOException {
            raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void chunk(String text) throws IOException {
            raw(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
        }

        public void endChunks() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Closes the connection, by RST, as a killed process with unread bytes does. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
            closes = true;
        }

        /** Closes the connection in order. */
        public void hangUp() throws IOException {
            socket.close();
            closes = true;
        }

        /** Waits until the gateway closes the connection. */
        public void awaitHangUp() throws IOException {
            closes = true;
            int b = in.read();
            if (b >= 0) {
                throw new IOException("the gateway sent more");
            }
        }
    }
}
