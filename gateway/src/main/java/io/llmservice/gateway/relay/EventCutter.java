package io.llmservice.gateway.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a stream's bytes into whole events, each with the blank line that ends it. */
final class EventCutter {

    /** An event may hold a long prompt's token ids; a longer one is handed on in parts. */
    private static final int MOST = 32 * 1024 * 1024;

    private byte[] bytes = new byte[4096];
    private int size;
    private int lineLength;

    List<byte[]> accept(byte[] fresh) {
        int scanFrom = size;
        if (bytes.length < size + fresh.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + fresh.length));
        }
        System.arraycopy(fresh, 0, bytes, size, fresh.length);
        size += fresh.length;
        var events = new ArrayList<byte[]>();
        int start = 0;
        for (int i = scanFrom; i < size; i++) {
            if (bytes[i] == '\n') {
                if (lineLength == 0) {
                    events.add(Arrays.copyOfRange(bytes, start, i + 1));
                    start = i + 1;
                }
                lineLength = 0;
            } else if (bytes[i] != '\r') {
                lineLength++;
            }
        }
        if (size - start > MOST) {
            events.add(Arrays.copyOfRange(bytes, start, size));
            start = size;
        }
        System.arraycopy(bytes, start, bytes, 0, size - start);
        size -= start;
        return events;
    }
}
