package io.llmservice.planner.vllm;

import java.util.List;

/** What one element of an argument list is to argparse. */
sealed interface NameMatch {
    /**
     * A flag; {@code name} is the one of its names that was meant, and {@code attached} holds the value written in the
     * same element, as in {@code -tp=4}, or nothing.
     */
    record Named(Flag flag, String name, List<String> attached) implements NameMatch {
        public Named {
            attached = List.copyOf(attached);
        }
    }

    /** An abbreviation of several names. */
    record Ambiguous(List<String> candidates) implements NameMatch {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** Looks like a flag and is none. */
    record Unknown(String name) implements NameMatch {}

    /** A value; {@code separator} for the bare {@code --}, which no flag takes as its value. */
    record Value(String text, boolean separator) implements NameMatch {}
}
