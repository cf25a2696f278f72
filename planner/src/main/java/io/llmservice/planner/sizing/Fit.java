package io.llmservice.planner.sizing;

/** Whether one instance type carries a request. */
public sealed interface Fit {
    /** It does, so. */
    record Fits(Sizing sizing) implements Fit {}

    /** It does not: the reason in numbers, and by what factor the need exceeds what there is (infinite: never, on this type). */
    record Misses(String reason, double excess) implements Fit {}
}
