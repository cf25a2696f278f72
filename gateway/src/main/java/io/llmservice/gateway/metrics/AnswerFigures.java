package io.llmservice.gateway.metrics;

import io.llmservice.gateway.request.Usage;

/**
 * What one answer came to.
 *
 * @param status HTTP status that the client got
 * @param usage tokens of it
 * @param events events of its stream, 0 if it was none
 * @param streamedNanos from the first event to the last
 */
public record AnswerFigures(int status, Usage usage, long events, long streamedNanos) {}
