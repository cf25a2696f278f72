package io.llmservice.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartBackoffTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 10", "3, 20", "4, 40", "6, 160", "7, 300", "1000, 300"})
    void doublesFromTheSecondRestartUpToTheMaximum(int restart, int seconds) {
        RestartBackoff kubelet = new RestartBackoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

        assertThat(kubelet.before(restart)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
