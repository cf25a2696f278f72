package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.llmservice.planner.vllm.Problem.StrayValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over a thousand argument lists, read as the parsers of vLLM 0.18.0 and 0.32.0 read them when they were recorded. */
class RecordedParserTest {
    private static final JsonMapper JSON = new JsonMapper();

    record Recorded(EngineVersion version, List<String> arguments, String outcome) {}

    static Stream<Recorded> recordings() {
        return FlagTable.lines("parser-cases.tsv").map(RecordedParserTest::parse);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsAnArgumentListAsVllmDoes(Recorded recorded) {
        ArgumentList.Read read = VllmFlags.of(recorded.version()).read(recorded.arguments());

        assertThat(outcome(read, recorded.outcome())).isEqualTo(recorded.outcome());
    }

    /** A help flag and a bare {@code --} end vLLM or mean nothing to it; here both are left to the policy. */
    private static String outcome(ArgumentList.Read read, String recorded) {
        Set<Class<?>> kinds = read.problems().stream().map(Object::getClass).collect(Collectors.toSet());
        List<String> names = read.uses().stream()
                .map(use -> use.flag().name())
                .distinct()
                .sorted()
                .toList();
        if (names.contains("--help")) {
            return "error";
        }
        if (kinds.isEmpty()) {
            return String.join(" ", names);
        }
        return kinds.equals(Set.of(StrayValue.class)) && !recorded.equals("error") ? "stray" : "error";
    }

    private static Recorded parse(String line) {
        String[] columns = line.split("\t", -1);
        try {
            List<String> arguments = JSON.readValue(columns[1], new TypeReference<>() {});
            return new Recorded(EngineVersion.parse(columns[0]), arguments, columns[2]);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(line, broken);
        }
    }
}
