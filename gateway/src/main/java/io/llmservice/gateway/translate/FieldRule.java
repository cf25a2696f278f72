package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a target does with one field of a request. */
sealed interface FieldRule {

    /**
     * Goes on.
     *
     * @param limits what of it does not; empty if all of it does
     */
    record Carried(String limits) implements FieldRule {}

    /** A hint: left out, and named in a response header. */
    record Dropped() implements FieldRule {}

    /**
     * Keeps a request from the target, unless it has a value that asks for nothing.
     *
     * @param neutral those values
     */
    record Kept(List<JsonNode> neutral) implements FieldRule {
        public Kept {
            neutral = List.copyOf(neutral);
        }

        boolean asksForNothing(JsonNode value) {
            return value.isNull() || neutral.stream().anyMatch(one -> same(one, value));
        }

        private static boolean same(JsonNode one, JsonNode other) {
            boolean numbers = one.isNumber() && other.isNumber();
            return numbers ? one.asDouble() == other.asDouble() : one.equals(other);
        }
    }
}
