package io.llmservice.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo prints: headings, and steps with the seconds since it began. */
final class Screen {

    private static final int WIDTH = 90;
    private static final String INDENT = " ".repeat(10);

    private final PrintStream out =
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final long start = System.nanoTime();

    void heading(String text) {
        out.println();
        out.println("── " + text + " " + "─".repeat(Math.max(0, 76 - text.length())));
    }

    /** Something that has happened, with its time. */
    void step(String text) {
        var lines = wrapped(text);
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), lines.getFirst()));
        lines.stream().skip(1).forEach(line -> out.println(INDENT + line));
    }

    void say(String text) {
        text.lines().flatMap(line -> wrapped(line).stream()).forEach(line -> out.println(INDENT + line));
    }

    /** Lines that fit a terminal of 100 columns; what is indented stays as it is. */
    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.startsWith(" ") ? List.of(text) : List.of(text.split(" "))) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append("  ");
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Part of a line, at once. */
    void part(String text) {
        out.print(text);
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
