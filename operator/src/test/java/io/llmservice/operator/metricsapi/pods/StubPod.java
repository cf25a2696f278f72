package io.llmservice.operator.metricsapi.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A pod on loopback that answers its metrics in the way a test wants, byte by byte. */
public final class StubPod implements AutoCloseable {
    /** What it does with a connection. */
    public interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();

    public StubPod(Behaviour behaviour) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(behaviour));
    }

    public static Behaviour page(String body) {
        return out -> out.write(response("200 OK", body));
    }

    static Behaviour status(String status) {
        return out -> out.write(response(status, "vllm:num_requests_running 1\n"));
    }

    /** Holds each answer back until the latch opens. */
    static Behaviour heldBack(CountDownLatch until, String body) {
        return out -> {
            until.await();
            out.write(response("200 OK", body));
        };
    }

    /** Sends a head and part of a body, and then nothing more. */
    static Behaviour stalled() {
        return out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nvllm:num".getBytes(UTF_8));
            out.flush();
            new CountDownLatch(1).await();
        };
    }

    /** Sends lines without end, and counts what the client let it send. */
    static Behaviour endless(AtomicLong sent) {
        return out -> {
            byte[] line = "some_metric 1\n".repeat(500).getBytes(UTF_8);
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write(line);
                sent.addAndGet(line.length);
            }
        };
    }

    public PodTarget target(String name) {
        return new PodTarget("models", name, "127.0.0.1", server.getLocalPort(), Map.of());
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept(Behaviour behaviour) {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection, behaviour));
            }
        } catch (IOException closed) {
            requests.get();
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            while (!requestHead(connection).isEmpty()) {
                requests.incrementAndGet();
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                try {
                    behaviour.answer(connection.getOutputStream());
                } finally {
                    atOnce.decrementAndGet();
                }
            }
        } catch (IOException clientLeft) {
            connections.remove(connection);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String requestHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] response(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.getBytes(UTF_8).length
                        + "\r\nLocation: http://127.0.0.1:1/metrics\r\n\r\n" + body)
                .getBytes(UTF_8);
    }
}
