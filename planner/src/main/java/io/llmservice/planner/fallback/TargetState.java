package io.llmservice.planner.fallback;

import io.llmservice.planner.decision.Reason;

/** How a fallback target was found when it was last looked at. */
public sealed interface TargetState {

    /** Name of the target. */
    String target();

    /** What is the case and, where something is wrong, what to do. */
    String words();

    /** It can take requests. */
    record Verified(String target, String words) implements TargetState {}

    /** Nobody looked, or looking would cost; it may well take requests. */
    record NotVerified(String target, String words) implements TargetState {}

    /** It cannot take requests. */
    record Unusable(String target, Reason reason, String words) implements TargetState {}
}
