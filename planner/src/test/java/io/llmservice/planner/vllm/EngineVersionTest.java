package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVersionTest {
    @ParameterizedTest
    @CsvSource({"0.22.1, 0.22.1", "v0.32.0, 0.32.0", "0.24, 0.24.0", "0.22.1+cpu, 0.22.1", "v0.20.1.post1, 0.20.1"})
    void readsTheUsualSpellings(String text, String version) {
        assertThat(EngineVersion.parse(text)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "0", "0.22.x", "0.22.1rc1", "1.2.3.4", "0.99999.1", "sha256:abc"})
    void refusesAnythingElse(String text) {
        assertThat(EngineVersion.tryParse(text)).isEmpty();
    }

    @Test
    void ordersByNumberAndNotByText() {
        assertThat(List.of(EngineVersion.parse("0.9.2"), EngineVersion.parse("0.18.1"), EngineVersion.parse("0.18.10")))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({"0.17.1, false", "0.18.0, true", "0.22.1, true", "0.32.9, true", "0.33.0, false", "1.0.0, false"})
    void supportsTheReleasesItKnows(String version, boolean supported) {
        assertThat(EngineVersion.parse(version).isSupported()).isEqualTo(supported);
    }

    @ParameterizedTest
    @CsvSource({
        "0.28.0, BOUNDED_QUEUE, false",
        "0.29.0, BOUNDED_QUEUE, true",
        "0.27.1, BUILT_IN_BITSANDBYTES, true",
        "0.28.0, BUILT_IN_BITSANDBYTES, false",
        "0.18.0, SHUTDOWN_TIMEOUT, true",
        "0.30.0, LOG_LEVEL_FLAG, false"
    })
    void knowsWhatEachReleaseHas(String version, EngineFeature feature, boolean has) {
        assertThat(EngineVersion.parse(version).has(feature)).isEqualTo(has);
    }
}
