package io.llmservice.operator.metricsapi.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeCollectorTest {
    private static final String PAGE = """
            # HELP python_info Python platform information
            # TYPE python_info gauge
            python_info{implementation="CPython",major="3"} 1.0
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="tiny"} 3.0
            vllm:num_requests_running{engine="1",model_name="tiny"} 4.0
            vllm:num_requests_waiting{engine="0",model_name="tiny"} 0.0
            vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 7.0
            vllm:kv_cache_usage_perc{engine="0",model_name="tiny"} 0.25
            vllm:kv_cache_usage_perc{engine="1",model_name="tiny"} 0.91
            vllm:e2e_request_latency_seconds_bucket{le="+Inf"} 12.0
            """;

    @Test
    void addsUpRequestsOfEnginesAndTakesTheFullestCache() throws UnusableMetricsException {
        assertThat(value(PAGE, Gauge.REQUESTS_RUNNING)).hasValue(7);
        assertThat(value(PAGE, Gauge.REQUESTS_WAITING)).hasValue(0);
        assertThat(value(PAGE, Gauge.KV_CACHE_USAGE)).hasValue(0.91);
    }

    @Test
    void readsTheFormerNameOfTheCacheGauge() throws UnusableMetricsException {
        assertThat(value("vllm:gpu_cache_usage_perc{model_name=\"old\"} 0.5\n", Gauge.KV_CACHE_USAGE))
                .hasValue(0.5);
    }

    @Test
    void selectsTimeSeriesByLabel() throws Exception {
        Reading.Answered answered = new Reading.Answered(Instant.EPOCH, parse(PAGE));

        assertThat(answered.value(Gauge.REQUESTS_RUNNING, Selector.parse("engine=1")))
                .hasValue(4);
        assertThat(answered.value(Gauge.REQUESTS_RUNNING, Selector.parse("engine=9")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "vllm:num_requests_running 5                          | 5",
                "vllm:num_requests_running{} 5                        | 5",
                "vllm:num_requests_running{a=\"b\",} +5.0             | 5",
                "vllm:num_requests_running { a = \"b\" , c=\"\" }  5  | 5",
                "vllm:num_requests_running 1.2e1 1712345678901        | 12",
                "vllm:num_requests_running .5E+1\t1712345678.5        | 5",
                "vllm:num_requests_running{m=\"a\\\\b\\\"c\\nd}\"} 5  | 5",
                "vllm:num_requests_running{m=\"模型 }{,=\"} 5         | 5",
            })
    void readsWhatTheFormatAllows(String line, double expected) throws UnusableMetricsException {
        assertThat(value(line, Gauge.REQUESTS_RUNNING).orElseThrow()).isEqualTo(expected, within(0.0));
    }

    @Test
    void unescapesLabelValues() throws UnusableMetricsException {
        List<Sample> samples = parse("vllm:num_requests_running{m=\"a\\\\b\\\"c\\nd\"} 1\r\n");

        assertThat(samples).singleElement().extracting(Sample::labels).isEqualTo(Map.of("m", "a\\b\"c\nd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf", "Inf", "-1"})
    void numberThatIsNoCountIsNoValue(String number) throws UnusableMetricsException {
        assertThat(value("vllm:num_requests_running " + number, Gauge.REQUESTS_RUNNING))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm:num_requests_running",
                "vllm:num_requests_running{",
                "vllm:num_requests_running{a} 1",
                "vllm:num_requests_running{a=b} 1",
                "vllm:num_requests_running{a=\"b} 1",
                "vllm:num_requests_running{a=\"b\\x\"} 1",
                "vllm:num_requests_running{a=\"b\"c=\"d\"} 1",
                "vllm:num_requests_running{a=\"b\",a=\"c\"} 1",
                "vllm:num_requests_running{1a=\"b\"} 1",
                "vllm:num_requests_running{,} 1",
                "vllm:num_requests_running one",
                "vllm:num_requests_running 0x1p3",
                "vllm:num_requests_running 1d",
                "vllm:num_requests_running 1e",
                "vllm:num_requests_running .",
                "vllm:num_requests_running 1 soon",
                "vllm:num_requests_running 1 2 3",
            })
    void gaugeThatCannotBeReadSpoilsThePage(String line) {
        assertThatThrownBy(() -> parse(PAGE + line))
                .isInstanceOfSatisfying(
                        UnusableMetricsException.class,
                        unusable -> assertThat(unusable.failure()).isEqualTo(Reading.Failure.MALFORMED));
    }

    @Test
    void whatOtherMetricsWriteDoesNotMatter() throws UnusableMetricsException {
        assertThat(parse("garbage {{{\nvllm:other{ 1\n\n# vllm:num_requests_running {\n"))
                .isEmpty();
    }

    @Test
    void manyTimeSeriesAreRefused() {
        String line = "vllm:num_requests_running 1\n";

        assertThatThrownBy(() -> parse(line.repeat(5_000)))
                .isInstanceOfSatisfying(
                        UnusableMetricsException.class,
                        unusable -> assertThat(unusable.failure()).isEqualTo(Reading.Failure.TOO_LARGE));
    }

    @Property
    void neverFailsOtherwiseOnBytes(@ForAll byte @Size(max = 400) [] bytes) {
        failsProperlyIfAtAll(bytes);
    }

    @Property
    void neverFailsOtherwiseOnLines(@ForAll("lines") String line) {
        failsProperlyIfAtAll(line.getBytes(UTF_8));
    }

    @Property
    void chunksDoNotMatter(@ForAll @IntRange(min = 1, max = 80) int chunk) throws UnusableMetricsException {
        byte[] page = PAGE.getBytes(UTF_8);
        GaugeCollector collector = new GaugeCollector(page.length);
        for (int from = 0; from < page.length; from += chunk) {
            collector.accept(ByteBuffer.wrap(Arrays.copyOfRange(page, from, Math.min(page.length, from + chunk))));
        }

        assertThat(collector.finish()).isEqualTo(parse(PAGE));
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> tail = Arbitraries.strings()
                .withChars("{}=,\"\\ \t\n0123456789.eE+-NaInfvl:_")
                .ofMaxLength(60);
        return Combinators.combine(Arbitraries.of("vllm:num_requests_running", "vllm:kv_cache_usage_perc"), tail)
                .as((name, rest) -> name + rest);
    }

    private static void failsProperlyIfAtAll(byte[] bytes) {
        try {
            assertThat(GaugeCollector.parse(bytes)).isNotNull();
        } catch (UnusableMetricsException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    private static OptionalDouble value(String page, Gauge gauge) throws UnusableMetricsException {
        return new Reading.Answered(Instant.EPOCH, parse(page)).value(gauge, Selector.EVERYTHING);
    }

    private static List<Sample> parse(String page) throws UnusableMetricsException {
        return GaugeCollector.parse(page.getBytes(UTF_8));
    }
}
