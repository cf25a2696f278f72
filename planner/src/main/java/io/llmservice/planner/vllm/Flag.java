package io.llmservice.planner.vllm;

import io.llmservice.planner.vllm.Problem.BadChoice;
import io.llmservice.planner.vllm.Problem.BadValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * One flag of {@code vllm serve} in one version.
 *
 * @param name the long name, such as {@code --tensor-parallel-size}
 * @param names every spelling the parser lists: long names, aliases, short names and {@code --no-…} forms
 * @param arity how many values follow
 * @param type what a value must look like
 * @param nullable whether an empty value or {@code None} stands for "unset"
 * @param choices the values allowed, in the parser's order; empty where it does not enumerate them
 */
public record Flag(
        String name, SequencedSet<String> names, Arity arity, ValueType type, boolean nullable, List<String> choices) {
    public Flag {
        names = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
        choices = List.copyOf(choices);
        if (!names.contains(name)) {
            throw new IllegalArgumentException(name + " is not among its own names");
        }
    }

    /** How many values a flag takes. */
    public enum Arity {
        NONE,
        ONE,
        OPTIONAL,
        ONE_OR_MORE
    }

    /** Whether it is a switch, with no value. */
    public boolean isSwitch() {
        return arity == Arity.NONE;
    }

    /** Whether it takes a JSON object, whose keys may be given one by one as in {@code --compilation-config.mode 3}. */
    public boolean isJson() {
        return type.isJson();
    }

    Optional<Problem> problem(int index, String value) {
        if (nullable && (value.isEmpty() || value.equals("None"))) {
            return Optional.empty();
        }
        if (!type.accepts(value)) {
            return Optional.of(new BadValue(index, name, value, type.words()));
        }
        return choices.isEmpty() || choices.contains(type.folded(value))
                ? Optional.empty()
                : Optional.of(new BadChoice(index, name, value, choices));
    }
}
