package io.llmservice.gateway.breaker;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.gateway.breaker.BreakerState.Closed;
import io.llmservice.gateway.breaker.BreakerState.HalfOpen;
import io.llmservice.gateway.breaker.BreakerState.Open;
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
        BreakerPosition position, String word, String reason, Optional<Instant> openedAt, Optional<Instant> nextProbe) {

    private static final BreakerSnapshot CLOSED = closed("", "Requests go to the pods.");

    static BreakerSnapshot of(FallbackMode mode, BreakerState state, Instant modeSince) {
        return switch (mode) {
            case FORCE_FALLBACK ->
                new BreakerSnapshot(
                        BreakerPosition.OPEN,
                        "ForceFallback",
                        "The mode ForceFallback sends everything to the targets.",
                        Optional.of(modeSince),
                        Optional.empty());
            case FORCE_PRIMARY -> closed("ForcePrimary", "The mode ForcePrimary sends everything to the pods.");
            case DISABLED -> closed("Disabled", "The mode Disabled uses no target.");
            case AUTOMATIC -> automatic(state);
        };
    }

    private static BreakerSnapshot automatic(BreakerState state) {
        return switch (state) {
            case Closed closed -> CLOSED;
            case Open open ->
                new BreakerSnapshot(
                        BreakerPosition.OPEN,
                        open.trip().cause().word(),
                        open.trip().reason(),
                        Optional.of(open.openedAt()),
                        open.nextProbe());
            case HalfOpen half ->
                new BreakerSnapshot(
                        BreakerPosition.HALF_OPEN,
                        half.trip().cause().word(),
                        "Single requests try the pods again. It had opened because: "
                                + half.trip().reason(),
                        Optional.of(half.openedAt()),
                        Optional.empty());
        };
    }

    private static BreakerSnapshot closed(String word, String reason) {
        return new BreakerSnapshot(BreakerPosition.CLOSED, word, reason, Optional.empty(), Optional.empty());
    }
}
