package io.llmservice.gateway.breaker;

import io.llmservice.api.v1alpha1.BreakerPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a breaker stands, for reports.
 *
 * @param position closed, open or half-open; a mode that forces one way counts as such
 * @param word one word for why it is not closed, such as {@code ErrorRate}; empty while it is
 * @param reason a sentence
 * @param openedAt since when it is not closed
 * @param nextProbe when the pods are tried again; empty while that depends on a pod becoming Ready, or on a person
 */
public record BreakerSnapshot(
        BreakerPosition position,
        String word,
        String reason,
        Optional<Instant> openedAt,
        Optional<Instant> nextProbe) {}
