package io.llmservice.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Events come out whole wherever the bytes were cut. */
class SseSplitterTest {

    private static final String STREAM = """
            data: {"a":"größte と 🦊"}

            : a comment
            event: x
            data:{"b":1}\r
            \r
            {"c":"🦊"}
            {"d":2}\rdata: one
            data: two

            data: [DONE]

            """;
    private static final List<String> EVENTS =
            List.of("{\"a\":\"größte と 🦊\"}", "{\"b\":1}", "{\"c\":\"🦊\"}", "{\"d\":2}", "one\ntwo", "[DONE]");

    @Test
    void everyPairOfCutsGivesTheSameEvents() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(split(bytes, first, second)).isEqualTo(EVENTS);
            }
        }
    }

    @Property(tries = 300)
    void anyEventsInAnyPartsComeOutAsTheyWere(
            @ForAll("texts") List<String> texts, @ForAll("sizes") List<Integer> sizes, @ForAll boolean carriageReturn) {
        String end = carriageReturn ? "\r\n" : "\n";
        var stream = new StringBuilder();
        texts.forEach(text -> stream.append("data: ").append(text).append(end).append(end));
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);

        var splitter = new SseSplitter();
        var events = new ArrayList<String>();
        int from = 0;
        for (int part = 0; from < bytes.length; part++) {
            int to = Math.min(bytes.length, from + sizes.get(part % sizes.size()));
            events.addAll(splitter.next(Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        events.addAll(splitter.end());

        assertThat(events).isEqualTo(texts);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .ofMaxLength(40)
                .map(text -> "x" + text.replaceAll("[\r\n]", "").replaceAll("[\\x{D800}-\\x{DFFF}]", "é🦊"))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 20).list().ofMinSize(1).ofMaxSize(8);
    }

    @Test
    void anEventWithoutItsEndComesWhenTheStreamEnds() {
        var splitter = new SseSplitter();

        assertThat(splitter.next("data: last".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(splitter.end()).containsExactly("last");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        var splitter = new SseSplitter();
        byte[] mebibyte = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        for (int part = 0; part < 4; part++) {
            splitter.next(mebibyte);
        }

        assertThatThrownBy(() -> splitter.next(mebibyte)).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> split(byte[] bytes, int first, int second) {
        var splitter = new SseSplitter();
        var events = new ArrayList<>(splitter.next(Arrays.copyOfRange(bytes, 0, first)));
        events.addAll(splitter.next(Arrays.copyOfRange(bytes, first, second)));
        events.addAll(splitter.next(Arrays.copyOfRange(bytes, second, bytes.length)));
        events.addAll(splitter.end());
        return events;
    }
}
