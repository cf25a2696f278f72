package io.llmservice.localcluster.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for stop strings in an answer and holds back what may turn out to be the beginning of one. */
final class StopText {
    private final List<String> stops;
    private final int longest;
    private String held = "";
    private @Nullable String found;

    StopText(List<String> stops) {
        this.stops = List.copyOf(stops);
        this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Adds text to the answer and returns what may be shown now: nothing of a stop string, nor after one. */
    String take(String text) {
        String all = held + text;
        int earliest = all.length() + 1;
        for (String stop : stops) {
            int at = all.indexOf(stop);
            if (at >= 0 && at < earliest) {
                earliest = at;
                found = stop;
            }
        }
        if (found != null) {
            held = "";
            return all.substring(0, earliest);
        }
        int shown = Math.max(0, all.length() - Math.max(0, longest - 1));
        held = all.substring(shown);
        return all.substring(0, shown);
    }

    /** The stop string that was found, or null. */
    @Nullable
    String found() {
        return found;
    }

    /** What was held back, when the answer ends otherwise. */
    String rest() {
        String rest = held;
        held = "";
        return rest;
    }
}
