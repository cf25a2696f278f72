package io.llmservice.planner.vllm;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The resource {@code flag-policy.csv}: which flags are the operator's, and which only an administrator may allow. */
record FlagPolicy(String flag, Rule rule, String argument, String text) {
    private static final Map<String, FlagPolicy> BY_FLAG = FlagTable.lines("flag-policy.csv")
            .map(FlagPolicy::parse)
            .collect(Collectors.toUnmodifiableMap(FlagPolicy::flag, Function.identity()));
    private static final FlagPolicy OPEN_TO_ALL = new FlagPolicy("", Rule.OPEN, "", "");

    /** Who decides; the header of the resource explains each. */
    enum Rule {
        OPEN,
        OPERATOR,
        ADMINISTRATOR,
        VALUES,
        KEYS,
        INLINE
    }

    /** The rule for a flag's long name. */
    static FlagPolicy of(String flag) {
        return BY_FLAG.getOrDefault(flag, OPEN_TO_ALL);
    }

    /** The long names of all flags that the operator owns, sorted. */
    static List<String> owned() {
        return BY_FLAG.values().stream()
                .filter(policy -> policy.rule() == Rule.OPERATOR)
                .map(FlagPolicy::flag)
                .sorted()
                .toList();
    }

    /** The words of the argument: the values or keys that are open. */
    List<String> words() {
        return List.of(argument.split(" "));
    }

    private static FlagPolicy parse(String line) {
        String[] columns = line.split(";", -1);
        Rule rule = switch (columns[1]) {
            case "operator" -> Rule.OPERATOR;
            case "administrator" -> Rule.ADMINISTRATOR;
            case "values" -> Rule.VALUES;
            case "keys" -> Rule.KEYS;
            case "inline" -> Rule.INLINE;
            default -> throw new IllegalStateException("flag-policy.csv has an unknown rule: " + line);
        };
        return new FlagPolicy(columns[0], rule, columns[2], columns[3]);
    }
}
