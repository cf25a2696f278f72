package io.llmservice.planner.vllm;

import java.util.List;

/** Why {@code vllm serve} of the given version would refuse an argument. */
public sealed interface Problem extends Finding {
    /** No flag of that name; {@code nearest} are the names most like it. */
    record UnknownFlag(int index, String flag, List<String> nearest, EngineVersion version) implements Problem {
        public UnknownFlag {
            nearest = List.copyOf(nearest);
        }

        @Override
        public String message() {
            String hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
            return "vLLM " + version + " has no flag " + flag + (hint.isEmpty() ? "." : hint);
        }
    }

    /** An abbreviation that several flags share. */
    record AmbiguousFlag(int index, String flag, List<String> candidates) implements Problem {
        public AmbiguousFlag {
            candidates = List.copyOf(candidates);
        }

        @Override
        public String message() {
            return flag + " could mean " + String.join(", ", candidates) + "; write it out.";
        }
    }

    /** A value outside the ones that the flag enumerates. */
    record BadChoice(int index, String flag, String value, List<String> choices) implements Problem {
        public BadChoice {
            choices = List.copyOf(choices);
        }

        @Override
        public String message() {
            return flag + " does not take '" + value + "'; choose one of " + String.join(", ", choices) + ".";
        }
    }

    /** A value that cannot be read as what the flag takes. */
    record BadValue(int index, String flag, String value, String expected) implements Problem {
        @Override
        public String message() {
            return flag + " takes " + expected + ", not '" + value + "'.";
        }
    }

    /** A flag that wants a value and has none. */
    record MissingValue(int index, String flag) implements Problem {
        @Override
        public String message() {
            return flag + " needs a value.";
        }
    }

    /** A value, written with {@code =}, for a flag that is a switch. */
    record UnexpectedValue(int index, String flag, String value) implements Problem {
        @Override
        public String message() {
            return flag + " is a switch and takes no value such as '" + value + "'.";
        }
    }

    /** A value that no flag consumes; vLLM would take it for the model. */
    record StrayValue(int index, String value) implements Problem {
        @Override
        public String message() {
            return "'" + value + "' belongs to no flag; extraArgs takes flags and their values only.";
        }
    }
}
