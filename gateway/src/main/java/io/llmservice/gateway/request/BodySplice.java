package io.llmservice.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.llmservice.gateway.request.BodyMarks.Span;
import java.util.Optional;

/** Replaces single values in a body's bytes and leaves every other byte as the client sent it. */
public final class BodySplice {

    private static final byte[] USAGE = "\"include_usage\":true".getBytes(UTF_8);
    private static final byte[] OPTIONS = "{\"include_usage\":true}".getBytes(UTF_8);
    private static final byte[] FIELD = "\"stream_options\":{\"include_usage\":true}".getBytes(UTF_8);
    private static final byte[] TRUE = "true".getBytes(UTF_8);

    private BodySplice() {}

    /** A body that asks for the usage of a stream. */
    public static byte[] askingForUsage(byte[] body, BodyMarks marks) {
        if (marks.includeUsage().isPresent()) {
            return replace(body, marks.includeUsage().get(), TRUE);
        }
        if (marks.optionsOpen().isPresent()) {
            return insert(body, marks.optionsOpen().get(), USAGE);
        }
        if (marks.streamOptions().isPresent()) {
            return replace(body, marks.streamOptions().get(), OPTIONS);
        }
        return insert(body, marks.open(), FIELD);
    }

    /** A body with another name as {@code model}; the body must have passed the scan. */
    public static byte[] withModel(byte[] body, String model) {
        if (!(RequestScanner.scan(body) instanceof Scanned.Found found)) {
            throw new IllegalArgumentException("the body was not scanned before");
        }
        byte[] name = JsonStringEncoder.getInstance().quoteAsUTF8(model);
        Optional<Span> value = found.marks().model();
        if (value.isPresent()) {
            return replace(body, value.get(), concat("\"".getBytes(UTF_8), name, "\"".getBytes(UTF_8)));
        }
        return insert(body, found.marks().open(), concat("\"model\":\"".getBytes(UTF_8), name, "\"".getBytes(UTF_8)));
    }

    /** Puts a member first in the object that opens before {@code at}. */
    private static byte[] insert(byte[] body, int at, byte[] member) {
        int next = at;
        while (next < body.length
                && (body[next] == ' ' || body[next] == '\t' || body[next] == '\n' || body[next] == '\r')) {
            next++;
        }
        boolean empty = next < body.length && body[next] == '}';
        return replace(body, new Span(at, at), empty ? member : concat(member, ",".getBytes(UTF_8)));
    }

    private static byte[] replace(byte[] body, Span span, byte[] with) {
        byte[] spliced = new byte[body.length - (span.to() - span.from()) + with.length];
        System.arraycopy(body, 0, spliced, 0, span.from());
        System.arraycopy(with, 0, spliced, span.from(), with.length);
        System.arraycopy(body, span.to(), spliced, span.from() + with.length, body.length - span.to());
        return spliced;
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
