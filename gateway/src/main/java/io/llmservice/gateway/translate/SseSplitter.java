package io.llmservice.gateway.translate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into the data of its events, wherever the bytes were cut on their way, even inside a character.
 * Server-sent events are understood, and lines that are a JSON document of their own. Lines end with LF, CR or both.
 */
public final class SseSplitter {

    /** An upstream that sends no line end must not fill the memory. */
    private static final int MAX_LINE = 4 * 1024 * 1024;

    private static final String DATA = "data:";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterCarriageReturn;

    /** The data of the events that are complete with these bytes. */
    public List<String> next(byte[] bytes) {
        var events = new ArrayList<String>();
        for (byte next : bytes) {
            if (next == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                endLine(events);
            } else if (line.size() == MAX_LINE) {
                throw new IllegalStateException("a line of the stream is longer than " + MAX_LINE + " bytes");
            } else {
                line.write(next);
            }
        }
        return events;
    }

    /** What is left when the stream has ended: an event without its blank line, or a line without its end. */
    public List<String> end() {
        var events = new ArrayList<String>();
        if (line.size() > 0) {
            endLine(events);
        }
        endEvent(events);
        return events;
    }

    private void endLine(List<String> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isBlank()) {
            endEvent(events);
        } else if (text.startsWith(DATA)) {
            data.append(hasData ? "\n" : "")
                    .append(text.startsWith(" ", DATA.length()) ? text.substring(6) : text.substring(5));
            hasData = true;
        } else if (text.startsWith("{")) {
            endEvent(events);
            events.add(text);
        }
    }

    private void endEvent(List<String> events) {
        if (hasData) {
            events.add(data.toString());
            data.setLength(0);
            hasData = false;
        }
    }
}
