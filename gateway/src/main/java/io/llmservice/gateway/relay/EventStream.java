package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes server-sent events on, whole and unchanged, and looks at no more of them than it must: where they end, the first
 * one, the usage, and whether the stream said that it is done. An event that is not complete waits for its end, so that
 * a client never sees half of one.
 */
final class EventStream {

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] NO_CHOICES = "\"choices\":[]".getBytes(UTF_8);
    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final byte[] ERROR = "data: {\"error\"".getBytes(UTF_8);
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

    /** A longer event is passed on in parts. */
    private static final int MAX_EVENT = 256 * 1024;

    private final boolean hidesUsage;
    private final UsageScan usage;
    private byte[] tail = NOTHING;
    private int lineLength;
    private boolean cut;
    private int usagesBefore;
    private long events;
    private boolean done;
    private boolean failed;
    private byte @Nullable [] first;

    /**
     * @param hidesUsage whether an event with usage and no choices is kept from the client, who did not ask for it
     */
    EventStream(boolean hidesUsage, UsageScan usage) {
        this.hidesUsage = hidesUsage;
        this.usage = usage;
    }

    /** The bytes that may be passed on now. */
    Buffer accept(Buffer chunk) {
        byte[] fresh = chunk.getBytes();
        byte[] work = tail.length == 0 ? fresh : join(tail, fresh);
        int scanFrom = work.length - fresh.length;
        int start = 0;
        @Nullable Buffer kept = null;
        int keptTo = 0;
        for (int i = scanFrom; i < work.length; i++) {
            byte b = work[i];
            if (b == '\n') {
                if (lineLength == 0) {
                    if (ended(work, start, i + 1, scanFrom)) {
                        kept = (kept == null ? Buffer.buffer(work.length) : kept)
                                .appendBytes(work, keptTo, start - keptTo);
                        keptTo = i + 1;
                    }
                    start = i + 1;
                }
                lineLength = 0;
            } else if (b != '\r') {
                lineLength++;
            }
        }
        usage.scan(work, Math.max(start, scanFrom), work.length);
        return passable(chunk, work, start, kept, keptTo);
    }

    private Buffer passable(Buffer chunk, byte[] work, int start, @Nullable Buffer kept, int keptTo) {
        int to = start;
        if (work.length - start > MAX_EVENT) {
            to = work.length;
            cut = true;
        }
        boolean whole = kept == null && to == work.length && tail.length == 0;
        tail = to == work.length ? NOTHING : Arrays.copyOfRange(work, to, work.length);
        if (whole) {
            return chunk;
        }
        Buffer out = kept == null ? Buffer.buffer(to) : kept;
        return out.appendBytes(work, keptTo, to - keptTo);
    }

    /** Takes note of an event; whether it is to be hidden. */
    private boolean ended(byte[] work, int from, int to, int scanFrom) {
        usage.scan(work, Math.max(from, scanFrom), to);
        boolean hasUsage = usage.found() > usagesBefore;
        usagesBefore = usage.found();
        boolean whole = !cut;
        cut = false;
        if (!whole) {
            return false;
        }
        boolean data = indexOf(work, from, Math.min(to, from + 256), DATA) >= 0;
        if (data) {
            events++;
            if (first == null) {
                first = Arrays.copyOfRange(work, from, to);
            }
            failed |= indexOf(work, from, Math.min(to, from + ERROR.length + 1), ERROR) >= 0;
            done |= to - from < 32 && indexOf(work, from, to, DONE) >= 0;
        }
        return hidesUsage && hasUsage && indexOf(work, from, to, NO_CHOICES) >= 0;
    }

    UsageScan usage() {
        return usage;
    }

    /** What waits for the end of its event; to be passed on if the stream ends like that. */
    Buffer rest() {
        byte[] rest = tail;
        tail = NOTHING;
        return Buffer.buffer(rest);
    }

    /** Whether the client has got an event's beginning without its end. */
    boolean isCut() {
        return cut;
    }

    /** Events with data so far; of a model, about one for each token. */
    long events() {
        return events;
    }

    /** Whether {@code [DONE]} has come. */
    boolean isDone() {
        return done;
    }

    /** Whether one of the events was an error. */
    boolean isFailed() {
        return failed;
    }

    /** The first event with data, once it has come. */
    Optional<byte[]> first() {
        return Optional.ofNullable(first);
    }

    static int indexOf(byte[] bytes, int from, int to, byte[] what) {
        for (int i = from; i <= to - what.length; i++) {
            int j = 0;
            while (j < what.length && bytes[i + j] == what[j]) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] join(byte[] head, byte[] rest) {
        byte[] joined = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, joined, head.length, rest.length);
        return joined;
    }
}
