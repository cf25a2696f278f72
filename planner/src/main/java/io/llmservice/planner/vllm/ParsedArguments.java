package io.llmservice.planner.vllm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An argument list as vLLM understands it.
 *
 * @param byFlag the values of each flag that was given, by its long name; as in argparse the last mention counts
 * @param problems what vLLM would refuse, in the order of the list
 */
public record ParsedArguments(Map<String, List<String>> byFlag, List<Problem> problems) {
    public ParsedArguments {
        byFlag = Map.copyOf(byFlag);
        problems = List.copyOf(problems);
    }

    static ParsedArguments of(ArgumentList.Read read) {
        Map<String, List<String>> values = new HashMap<>();
        read.uses().forEach(use -> values.put(use.flag().name(), use.values()));
        return new ParsedArguments(values, read.problems());
    }

    /** Whether the flag was given. */
    public boolean has(String flag) {
        return byFlag.containsKey(flag);
    }

    /** All values of a flag, none if it was not given. */
    public List<String> values(String flag) {
        return byFlag.getOrDefault(flag, List.of());
    }

    /** The first value of a flag. */
    public Optional<String> first(String flag) {
        return values(flag).stream().findFirst();
    }
}
