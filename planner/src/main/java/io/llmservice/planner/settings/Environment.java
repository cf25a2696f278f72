package io.llmservice.planner.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads typed values from environment variables; a value that cannot be read names its variable. */
public final class Environment {

    private final Map<String, String> variables;

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public String text(String name, String standard) {
        return text(name).orElse(standard);
    }

    public int number(String name, int standard) {
        return text(name).map(value -> parse(name, value)).orElse(standard);
    }

    /**
     * A number within bounds, both of which it may be.
     *
     * @throws IllegalArgumentException if it lies outside of them
     */
    public int number(String name, int standard, int min, int max) {
        int number = number(name, standard);
        if (number < min || number > max) {
            throw new IllegalArgumentException(
                    "%s must be between %d and %d, not %d".formatted(name, min, max, number));
        }
        return number;
    }

    public boolean flag(String name, boolean standard) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(name + " must be true or false, not " + value);
                })
                .orElse(standard);
    }

    /** Values between commas; an empty variable is an empty list, a missing one the standard. */
    public List<String> list(String name, List<String> standard) {
        if (!variables.containsKey(name)) {
            return standard;
        }
        return Arrays.stream(variables.get(name).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Pairs {@code key=value} between commas. */
    public Map<String, String> pairs(String name, Map<String, String> standard) {
        if (text(name).isEmpty()) {
            return standard;
        }
        var pairs = new TreeMap<String, String>();
        for (var word : list(name, List.of())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(name + " must hold pairs key=value, not " + word);
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    private static int parse(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + value, e);
        }
    }
}
