package io.llmservice.localcluster.engine;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * A small HTTP/1.1 server, a virtual thread per connection, that notices a client's leaving while it still works on the
 * answer and then interrupts the handler. That is what frees an engine's slot, and what the JDK's own server can't see.
 */
final class HttpListener implements AutoCloseable {
    private final ServerSocket socket;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Answers requests; an interrupt means that the client has left. */
    interface Handler {
        void handle(HttpRequest request, HttpResponder responder) throws IOException, InterruptedException;
    }

    private HttpListener(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    static HttpListener start(InetSocketAddress address, Handler handler) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, 512);
        HttpListener listener = new HttpListener(socket, handler);
        Thread.ofVirtual().name("engine " + address).start(listener::accept);
        return listener;
    }

    /** Where it listens, with the port that was chosen if port 0 was asked for. */
    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        closeQuietly(socket);
        connections.forEach(HttpListener::closeQuietly);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                closeQuietly(socket);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            int first = in.read();
            while (first >= 0) {
                HttpRequest request = HttpRequest.read(first, in);
                CompletableFuture<Integer> next = watch(in);
                handler.handle(request, new HttpResponder(connection.getOutputStream(), request.keepsAlive()));
                first = request.keepsAlive() ? next.get() : -1;
            }
        } catch (IOException | ExecutionException clientLeft) {
            // Nobody is left to tell.
        } catch (InterruptedException clientLeft) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Waits for the first byte of the next request; the end of the stream before that interrupts the caller. */
    private static CompletableFuture<Integer> watch(InputStream in) {
        CompletableFuture<Integer> next = new CompletableFuture<>();
        Thread caller = Thread.currentThread();
        Thread.ofVirtual().start(() -> {
            int first;
            try {
                first = in.read();
            } catch (IOException clientLeft) {
                first = -1;
            }
            if (first < 0) {
                caller.interrupt();
            }
            next.complete(first);
        });
        return next;
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyClosed) {
            // It is closed, which is what was wanted.
        }
    }
}
