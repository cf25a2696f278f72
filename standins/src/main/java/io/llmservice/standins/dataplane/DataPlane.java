package io.llmservice.standins.dataplane;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on loopback that counts requests and the clients that leave before they are answered. */
public final class DataPlane implements AutoCloseable {

    private static final int KEPT_REQUESTS = 1000;

    private final ServerSocket server;
    private final String signingService;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<HttpMessage> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unsigned = new AtomicInteger();
    private final AtomicInteger cancellations = new AtomicInteger();

    private DataPlane(ServerSocket server, String signingService, Handler handler) {
        this.server = server;
        this.signingService = signingService;
        this.handler = handler;
    }

    /**
     * Starts one.
     *
     * @param port 0 for any
     * @param signingService the service that requests must be signed for
     */
    public static DataPlane start(int port, String signingService, Handler handler) {
        try {
            var server = new ServerSocket(port, 256, InetAddress.getLoopbackAddress());
            var plane = new DataPlane(server, signingService, handler);
            Thread.ofVirtual().name("stand-in-accept").start(plane::accept);
            return plane;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Requests that were signed as they should. */
    public int requests() {
        return requests.get();
    }

    /** Requests that were refused for their signature. */
    public int unsigned() {
        return unsigned.get();
    }

    /** Requests whose client left before the response was complete. */
    public int cancellations() {
        return cancellations.get();
    }

    /** The first thousand requests. */
    public List<HttpMessage> seen() {
        return List.copyOf(seen);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread.ofVirtual().name("stand-in").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var input = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()), 1);
            for (var request = HttpMessage.read(input); request.isPresent(); request = HttpMessage.read(input)) {
                answer(new Exchange(request.get(), socket, input));
            }
        } catch (Exchange.ClientLeft e) {
            cancellations.incrementAndGet();
        } catch (IOException e) {
            // The connection is gone, and nobody is left to be told.
        } finally {
            connections.remove(socket);
        }
    }

    private void answer(Exchange exchange) throws IOException {
        var problem = Signature.problem(exchange.request(), signingService);
        if (problem.isPresent()) {
            unsigned.incrementAndGet();
            AwsError.of(403, "MissingAuthenticationTokenException", problem.get())
                    .send(exchange);
            return;
        }
        requests.incrementAndGet();
        if (seen.size() < KEPT_REQUESTS) {
            seen.add(exchange.request());
        }
        handler.handle(exchange);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers requests, each on a thread of its own. */
    @FunctionalInterface
    public interface Handler {
        void handle(Exchange exchange) throws IOException;
    }

    /** No headers. */
    public static Map<String, String> json() {
        return Map.of("content-type", "application/json");
    }
}
