package io.llmservice.planner.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator's pattern means what it says and no more. */
class PolicyTest {

    @ParameterizedTest
    @CsvSource({
        "g5.*, g5.xlarge, true",
        "g5.*, g5e.xlarge, false",
        "g5.*, g5xxlarge, false",
        "*, anything/at:all, true",
        "registry.example.com/*, registry.example.com/team/model, true",
        "registry.example.com/*, registryXexample.com/team, false",
        "registry.example.com/*, evil/registry.example.com/team, false",
        "a.b, a.b.c, false",
        "'', a, false",
        "GpuNode*Role, GpuNodeProdRole, true",
        "'a\\Eb*', 'a\\Ebc', true"
    })
    void starStandsForAnything(String pattern, String name, boolean allowed) {
        assertThat(Policy.allows(List.of(pattern), name)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"a", "''"})
    void anEmptyListAllowsNothing(String name) {
        assertThat(Policy.allows(List.of(), name)).isFalse();
    }
}
