package io.llmservice.bench;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** So many clients that ask one after another until the load is closed. */
final class Load implements AutoCloseable {

    private final Client client;
    private final int port;
    private final Buffer body;
    private final ConcurrentLinkedQueue<Client.Answer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch running;
    private volatile boolean closed;

    Load(Client client, int port, Buffer body, int clients) {
        this.client = client;
        this.port = port;
        this.body = body;
        this.running = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            next();
        }
    }

    private void next() {
        if (closed) {
            running.countDown();
            return;
        }
        client.ask(port, body).onSuccess(answer -> {
            answers.add(answer);
            next();
        });
    }

    /** What has come since the last time. */
    List<Client.Answer> take() {
        var taken = new java.util.ArrayList<Client.Answer>();
        for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
            taken.add(answer);
        }
        return taken;
    }

    /** Asks no more and waits for what is under way. */
    @Override
    public void close() {
        closed = true;
        try {
            running.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
