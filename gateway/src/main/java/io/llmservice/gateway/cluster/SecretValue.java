package io.llmservice.gateway.cluster;

import java.util.Map;
import java.util.Optional;

/** What is known of a Secret. */
public sealed interface SecretValue {

    /** It is there. */
    record Present(Map<String, String> data) implements SecretValue {

        public Present {
            data = Map.copyOf(data);
        }

        /** Holds secrets. */
        @Override
        public String toString() {
            return "Present[" + data.size() + " keys]";
        }
    }

    /** There is none of this name. */
    record Absent() implements SecretValue {}

    /**
     * It may not be used or was never read: nothing refers to it yet, it lacks the label that the administrator asks for, or
     * the API server did not answer or refused.
     *
     * @param reason what is the case, for a message to a person
     */
    record Unknown(String reason) implements SecretValue {}

    /** All of it, if it is known to be there. */
    default Optional<Map<String, String>> known() {
        return switch (this) {
            case Present present -> Optional.of(present.data());
            case Absent absent -> Optional.empty();
            case Unknown unknown -> Optional.empty();
        };
    }

    /** The value of one key, if it is known to be there. */
    default Optional<String> key(String name) {
        return known().flatMap(data -> Optional.ofNullable(data.get(name)));
    }
}
