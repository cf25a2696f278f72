package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.gateway.translate.ErrorBody;
import io.llmservice.gateway.translate.StreamTranslation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

/** A reader of a body decides how much is asked for upstream. */
class EventBodyTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Buffer> read = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final Counted upstream = new Counted(100);
    private EventBody<Integer> body;

    @BeforeEach
    void subscribe() {
        Context context = vertx.getOrCreateContext();
        body = EventBody.<Integer, Integer>of(context, List::of, new Numbers(), new Failures("a model", "x:Y"));
        body.handler(read::add);
        body.endHandler(ignored -> ended.incrementAndGet());
        upstream.body = body;
        body.onSubscribe(upstream);
    }

    @AfterEach
    void close() {
        Asked.await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void nothingIsAskedForBeforeSomebodyReads() {
        body.fetch(1);

        await().until(() -> read.size() == 1);
        assertThat(upstream.sent).hasValue(1);
    }

    @Test
    void asMuchIsAskedForAsIsRead() {
        for (int reads = 1; reads <= 10; reads++) {
            int expected = reads;
            body.fetch(1);
            await().until(() -> read.size() == expected);
            assertThat(upstream.sent).hasValue(reads);
        }
    }

    @Test
    void allOfItComesInOrderAndThenTheEnd() {
        body.resume();

        await().until(() -> ended.get() == 1);
        assertThat(read).hasSize(101);
        assertThat(read.getFirst()).hasToString("1");
        assertThat(read.get(99)).hasToString("100");
        assertThat(read.getLast()).hasToString("end");
    }

    @Test
    void aBodyThatIsCancelledCancelsUpstreamAndSaysNoMore() {
        body.fetch(1);
        await().until(() -> read.size() == 1);

        body.cancel();

        await().until(() -> upstream.cancelled.get() == 1);
        body.resume();
        body.onNext(7);
        var later = new AtomicInteger();
        vertx.runOnContext(ignored -> later.incrementAndGet());
        await().until(() -> later.get() == 1);
        assertThat(read).hasSize(1);
    }

    @Test
    void aFailureIsTheLastEvent() {
        body.fetch(1);
        await().until(() -> read.size() == 1);

        body.onError(new IOException("broken"));
        body.resume();

        await().until(() -> ended.get() == 1);
        assertThat(read).hasSize(2);
        assertThat(read.getLast()).hasToString("a model: the connection ended before the answer.");
    }

    @Test
    void whatCannotBeReadEndsTheStreamAndTheWork() {
        body.fetch(1);
        await().until(() -> read.size() == 1);

        body.onNext(-1);
        body.resume();

        await().until(() -> ended.get() == 1);
        assertThat(read).hasSize(2);
        assertThat(upstream.cancelled).hasValue(1);
    }

    /** Sends a number for each that is asked for. */
    private static final class Counted implements Subscription {

        private final int last;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();
        private @Nullable EventBody<Integer> body;

        Counted(int last) {
            this.last = last;
        }

        @Override
        public void request(long amount) {
            var reader = Objects.requireNonNull(body);
            for (long one = 0; one < amount; one++) {
                if (sent.get() == last) {
                    reader.onComplete();
                    return;
                }
                reader.onNext(sent.incrementAndGet());
            }
        }

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }
    }

    private static final class Numbers implements StreamTranslation<Integer> {

        @Override
        public List<byte[]> next(Integer number) {
            if (number < 0) {
                throw new ClassCastException("not what was expected");
            }
            return List.of(number.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<byte[]> end() {
            return List.of("end".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<byte[]> fail(ErrorBody error) {
            return List.of(error.message().getBytes(StandardCharsets.UTF_8));
        }
    }
}
