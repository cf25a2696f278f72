package io.llmservice.planner.decision;

/**
 * Why a plan cannot be made or taken.
 *
 * @param reason one word, for programs
 * @param message names the field, says what is wrong and what to do
 */
public record Problem(Reason reason, String message) {}
