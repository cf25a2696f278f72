package io.llmservice.gateway.relay;

import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The beginning of an answer, held back until it is known whether the client shall get it. */
final class Peek {

    private static final int MOST = 64 * 1024;

    private final UpstreamResponse answer;
    private final @Nullable EventStream events;
    private final Buffer held = Buffer.buffer();
    private boolean ended;
    private boolean decided;

    /**
     * @param events what looks at the answer if it is a stream; otherwise the whole of a short body is waited for
     */
    Peek(UpstreamResponse answer, @Nullable EventStream events) {
        this.answer = answer;
        this.events = events;
    }

    /** Of an answer whose body needs no look. */
    static Peek none(UpstreamResponse answer) {
        return new Peek(answer, null);
    }

    /** Whether an answer is a stream of events. */
    static boolean isEvents(UpstreamResponse answer) {
        String type = answer.headers().get("content-type");
        return answer.status() == 200 && type != null && type.startsWith("text/event-stream");
    }

    /** Reads until there is enough to decide by. One of the two is called, once. */
    void start(Runnable enough, Runnable lost) {
        answer.body().exceptionHandler(failure -> decide(lost));
        answer.body().endHandler(end -> {
            ended = true;
            decide(enough);
        });
        answer.body().handler(chunk -> {
            held.appendBuffer(events == null ? chunk : events.accept(chunk));
            if (held.length() > MOST || (events != null && events.first().isPresent())) {
                answer.body().pause();
                decide(enough);
            }
        });
        answer.body().resume();
    }

    private void decide(Runnable decision) {
        if (!decided) {
            decided = true;
            decision.run();
        }
    }

    UpstreamResponse answer() {
        return answer;
    }

    /** What may be passed on of what was read. */
    Buffer held() {
        return held;
    }

    /** Whether the answer has ended already. */
    boolean isEnded() {
        return ended;
    }

    Optional<EventStream> events() {
        return Optional.ofNullable(events);
    }

    /** Status that an error in the first event stands for. */
    OptionalInt error() {
        return events().flatMap(EventStream::first).map(FirstEvent::error).orElse(OptionalInt.empty());
    }
}
