package io.llmservice.operator.metricsapi.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "llama", "tier", "gpu", "in", "notin", "empty", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | true",
                "tier=gpu                               | true",
                "tier==gpu                              | true",
                "tier=cpu                               | false",
                "absent=gpu                             | false",
                "tier!=cpu                              | true",
                "tier!=gpu                              | false",
                "absent!=gpu                            | true",
                "tier in (cpu,gpu)                      | true",
                "tier in ( cpu , tpu )                  | false",
                "absent in (gpu)                        | false",
                "tier notin (cpu)                       | true",
                "tier notin (cpu,gpu)                   | false",
                "absent notin (gpu)                     | true",
                "tier                                   | true",
                "absent                                 | false",
                "!tier                                  | false",
                "! absent                               | true",
                "in in (notin)                          | true",
                "empty=                                 | true",
                "empty in ()                            | true",
                "tier=gpu,app.kubernetes.io/name=llama  | true",
                "tier=gpu, app.kubernetes.io/name=qwen  | false",
                "tier = gpu , !absent, in               | true",
            })
    void matchesAsTheApiServerDoes(String text, boolean expected) throws MalformedSelectorException {
        assertThat(Selector.parse(text).matches(LABELS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "a,",
                ",a",
                "a,,b",
                "=b",
                "a=b=c",
                "a in",
                "a in (",
                "a in (b",
                "a in b",
                "a in (b,c",
                "a in (b c)",
                "(a)",
                "!",
                "!a=b",
                "a>1",
                "a<1",
                "a b",
                "-a",
                "a/b/c",
                "a=b/c",
                "a=-b",
                "A/b=c"
            })
    void saysWhatIsWrong(String text) {
        assertThatThrownBy(() -> Selector.parse(text))
                .isInstanceOf(MalformedSelectorException.class)
                .hasMessageMatching("(label selector: expected .+, found .+|'.*' is not a label value)");
    }

    @Test
    void keepsItsMeaningInStructuredForm() throws MalformedSelectorException {
        LabelSelector structured = Selector.parse("a=b,c in (y,x),d notin (z),e!=f,g,!h")
                .structured()
                .orElseThrow();

        assertThat(structured.getMatchLabels()).containsExactly(Map.entry("a", "b"));
        assertThat(structured.getMatchExpressions())
                .extracting(it -> it.getKey() + " " + it.getOperator() + " " + it.getValues())
                .containsExactly("c In [x, y]", "d NotIn [z]", "e NotIn [f]", "g Exists []", "h DoesNotExist []");
        assertThat(Selector.EVERYTHING.structured()).isEmpty();
    }

    @Property
    void neverFailsOtherwise(@ForAll String text) {
        try {
            assertThat(Selector.parse(text)).isNotNull();
        } catch (MalformedSelectorException expected) {
            assertThat(expected.problem()).isNotEmpty();
        }
    }
}
