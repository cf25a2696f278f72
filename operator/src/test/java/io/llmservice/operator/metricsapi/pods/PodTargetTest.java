package io.llmservice.operator.metricsapi.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodTargetTest {
    @Test
    void asksTheAddressOnTheRenderedPort() {
        assertThat(target("10.0.1.7").metricsUri()).hasToString("http://10.0.1.7:8000/metrics");
        assertThat(target("fd00::7").metricsUri()).hasToString("http://[fd00::7]:8000/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "metadata.internal", "", "10.0.1.7/x"
            })
    void refusesWhatIsNoAddressOfAPod(String address) {
        assertThatThrownBy(() -> target(address)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PodTarget target(String address) {
        return new PodTarget("models", "llama-0", address, 8000, Map.of());
    }
}
