package io.llmservice.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the demo prints: headings, and steps with the seconds since it began. */
final class Screen {

    private final PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final long start = System.nanoTime();

    void heading(String text) {
        out.println();
        out.println("── " + text + " " + "─".repeat(Math.max(0, 76 - text.length())));
    }

    /** Something that has happened, with its time. */
    void step(String text) {
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), text));
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("          " + line));
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
