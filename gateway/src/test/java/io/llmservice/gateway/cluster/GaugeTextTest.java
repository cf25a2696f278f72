package io.llmservice.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.gateway.choice.PodGauges;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeTextTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private static final String TEXT = """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="chat } {x"} 3.0
            vllm:num_requests_waiting{engine="0",model_name="chat"} 12.0 1700000000000
            vllm:num_requests_waiting_by_reason{engine="0",reason="capacity"} 99.0
            vllm:kv_cache_usage_perc{engine="0",model_name="chat"} 0.25
            vllm:time_to_first_token_seconds_bucket{le="0.1"} 4.0
            process_open_fds 17
            """;

    private static Optional<PodGauges> read(String text, int chunk) {
        var gauges = new GaugeText();
        var bytes = text.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += chunk) {
            gauges.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk)));
        }
        return gauges.finish(NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 10_000})
    void gaugesAreReadHoweverTheTextIsCut(int chunk) {
        assertThat(read(TEXT, chunk)).contains(new PodGauges(3, 12, 0.25, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"2500\",gpu_memory_utilization=\"0.9\"} 1.0",
                "vllm:cache_config_info{block_size=\"16\",kv_cache_size_tokens=\"40000\",num_gpu_blocks=\"None\"} 1.0"
            })
    void sizeOfTheCacheIsReadInTokensOrInBlocks(String line) {
        var text = new GaugeText();
        text.accept((TEXT + line + "\n").getBytes(UTF_8));

        assertThat(text.finish(NOW)).isPresent();
        assertThat(text.cacheTokens()).hasValue(40_000);
    }

    @Test
    void formerNameOfTheCacheGaugeIsRead() {
        assertThat(read(TEXT.replace("kv_cache_usage_perc", "gpu_cache_usage_perc"), 100))
                .map(PodGauges::cacheUsage)
                .contains(0.25);
    }

    @Test
    void requestsOfAllEnginesAddUpAndTheFullestCacheCounts() {
        var second = TEXT.replace("engine=\"0\"", "engine=\"1\"").replace("0.25", "0.75");

        assertThat(read(TEXT + second, 100)).contains(new PodGauges(6, 24, 0.75, NOW));
    }

    @Test
    void lastLineMayHaveNoEnd() {
        assertThat(read("vllm:num_requests_running 1\nvllm:num_requests_waiting 2", 5))
                .contains(new PodGauges(1, 2, 0, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no metrics at all", "vllm:num_requests_running 1\n", "<html>\nvllm:num_requests_waiting"})
    void textWithoutBothCountsSaysNothing(String text) {
        assertThat(read(text, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-1", "many", ""})
    void valueThatIsNoLoadSaysNothing(String value) {
        assertThat(read("vllm:num_requests_running " + value + "\nvllm:num_requests_waiting 1\n", 100))
                .isEmpty();
    }

    @Test
    void endlessLineIsPassedOver() {
        var endless = "vllm:num_requests_running{model_name=\"" + "x".repeat(100_000) + "\"} 9\n";

        assertThat(read(endless + TEXT, 1_000)).contains(new PodGauges(3, 12, 0.25, NOW));
    }
}
