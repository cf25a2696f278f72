package io.llmservice.planner.decision;

/**
 * An object that a spec refers to and does not own, as it was found.
 *
 * @param field field of the spec that names it
 * @param kind kind of the object
 * @param name its name
 * @param state how it was found
 * @param detail the key that is not there or the label that is asked for; empty otherwise
 */
public record Reference(String field, String kind, String name, State state, String detail) {

    /** Whether the pods need it; what only a fallback or the gateway needs must not hold a plan. */
    public boolean isForServing() {
        return !isForGateway() && !isForFallback();
    }

    public boolean isForFallback() {
        return field.startsWith("spec.fallback.");
    }

    public boolean isForGateway() {
        return field.startsWith("spec.gateway.");
    }

    /** How a referenced object was found. */
    public enum State {
        PRESENT,
        MISSING,
        KEY_MISSING,
        LABEL_MISSING
    }
}
