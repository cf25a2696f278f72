package io.llmservice.gateway.aws;

import io.llmservice.gateway.translate.StreamTranslation;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The events that the SDK publishes, translated, as a stream of Vert.x. All state is touched on one context only; the next
 * event is asked for when the reader has taken what there is, so that a slow client slows the service. An upstream's
 * failure becomes an error event; the stream itself then ends normally.
 *
 * @param <E> an event as the SDK has it
 */
final class EventBody<E> implements ReadStream<Buffer>, Subscriber<E> {

    private final Context context;
    private final Function<E, List<byte[]>> next;
    private final Supplier<List<byte[]>> end;
    private final Function<Throwable, List<byte[]>> failure;
    private final Deque<Buffer> ready = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private long demand;
    private boolean asked;
    private boolean complete;
    private boolean ended;
    private boolean draining;

    private EventBody(
            Context context,
            Function<E, List<byte[]>> next,
            Supplier<List<byte[]>> end,
            Function<Throwable, List<byte[]>> failure) {
        this.context = context;
        this.next = next;
        this.end = end;
        this.failure = failure;
    }

    /**
     * A body that is paused until somebody reads it.
     *
     * @param events what the translation makes of the SDK's event; nothing, if it has no word for it
     */
    static <E, T> EventBody<E> of(
            Context context, Function<E, List<T>> events, StreamTranslation<T> translation, Failures failures) {
        return new EventBody<>(
                context,
                event -> events.apply(event).stream()
                        .flatMap(part -> translation.next(part).stream())
                        .toList(),
                translation::end,
                error -> translation.fail(failures.event(error)));
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        context.runOnContext(ignored -> {
            subscription = upstream;
            if (ended) {
                upstream.cancel();
            } else {
                drain();
            }
        });
    }

    @Override
    public void onNext(E event) {
        context.runOnContext(ignored -> {
            asked = false;
            if (!complete) {
                translate(event);
                drain();
            }
        });
    }

    /** An upstream that sends what cannot be read must end the stream, not leave it hanging. */
    private void translate(E event) {
        try {
            add(next.apply(event));
        } catch (RuntimeException unreadable) {
            complete = true;
            add(failure.apply(unreadable));
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        finish(() -> failure.apply(error));
    }

    @Override
    public void onComplete() {
        finish(end);
    }

    private void finish(Supplier<List<byte[]>> last) {
        context.runOnContext(ignored -> {
            if (!complete) {
                complete = true;
                add(last.get());
                drain();
            }
        });
    }

    /** Ends the work upstream. Nothing more is delivered. */
    void cancel() {
        context.runOnContext(ignored -> {
            complete = true;
            ended = true;
            ready.clear();
            if (subscription != null) {
                subscription.cancel();
            }
        });
    }

    private void add(List<byte[]> events) {
        events.forEach(event -> ready.add(Buffer.buffer(event)));
    }

    private void drain() {
        if (draining) {
            return;
        }
        deliver();
        if (complete && ready.isEmpty() && !ended && demand > 0) {
            ended = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
        if (demand > 0 && ready.isEmpty() && !asked && !complete && subscription != null) {
            asked = true;
            subscription.request(1);
        }
    }

    private void deliver() {
        draining = true;
        try {
            while (demand > 0 && handler != null && !ready.isEmpty()) {
                demand = demand == Long.MAX_VALUE ? demand : demand - 1;
                handler.handle(ready.remove());
            }
        } finally {
            draining = false;
        }
    }

    @Override
    public EventBody<E> fetch(long amount) {
        demand = Long.MAX_VALUE - demand < amount ? Long.MAX_VALUE : demand + amount;
        context.runOnContext(ignored -> drain());
        return this;
    }

    @Override
    public EventBody<E> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public EventBody<E> pause() {
        demand = 0;
        return this;
    }

    @Override
    public EventBody<E> handler(@Nullable Handler<Buffer> next) {
        handler = next;
        return this;
    }

    @Override
    public EventBody<E> endHandler(@Nullable Handler<Void> next) {
        endHandler = next;
        return this;
    }

    /** Never called: see above. */
    @Override
    public EventBody<E> exceptionHandler(@Nullable Handler<Throwable> next) {
        return this;
    }
}
