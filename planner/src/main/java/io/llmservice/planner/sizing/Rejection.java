package io.llmservice.planner.sizing;

/** An instance type that is not on the ladder, and why in one line of at most 200 characters. */
public record Rejection(String instanceType, String reason) {
    private static final int MOST_CHARACTERS = 200;

    public Rejection {
        int room = MOST_CHARACTERS - instanceType.length() - 2;
        if (reason.length() > room) {
            reason = reason.substring(0, room - 1).stripTrailing() + "…";
        }
    }

    /** {@code g5.xlarge: a replica needs …}. */
    public String line() {
        return instanceType + ": " + reason;
    }
}
