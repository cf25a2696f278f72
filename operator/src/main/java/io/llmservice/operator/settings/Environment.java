package io.llmservice.operator.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads typed values from environment variables; a value that cannot be read names its variable. */
final class Environment {

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String text(String name, String standard) {
        return text(name).orElse(standard);
    }

    int number(String name, int standard) {
        return text(name).map(value -> parse(name, value)).orElse(standard);
    }

    boolean flag(String name, boolean standard) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(name + " must be true or false, not " + value);
                })
                .orElse(standard);
    }

    /** Values between commas; an empty variable is an empty list, a missing one the standard. */
    List<String> list(String name, List<String> standard) {
        if (!variables.containsKey(name)) {
            return standard;
        }
        return Arrays.stream(variables.get(name).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int parse(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + value, e);
        }
    }
}
