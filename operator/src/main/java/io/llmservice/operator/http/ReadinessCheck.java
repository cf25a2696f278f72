package io.llmservice.operator.http;

/** One thing that must hold before this replica may receive traffic; asked on every readiness probe, so it must not block. */
public interface ReadinessCheck {

    /** A short lower-case name, such as {@code informers}. */
    String name();

    State state();

    /** Whether the check holds, and what a person should know about it. */
    record State(boolean ready, String detail) {

        public static State holds(String detail) {
            return new State(true, detail);
        }

        public static State waiting(String detail) {
            return new State(false, detail);
        }
    }
}
