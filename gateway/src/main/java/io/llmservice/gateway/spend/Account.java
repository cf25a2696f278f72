package io.llmservice.gateway.spend;

import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget.Answer.Spent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one replica spent and has under way for one service. Its budget's lock guards it. */
final class Account {

    private static final long MICRO = 1_000_000;

    final Ledger hour = new Ledger(Window.HOUR);
    final Ledger day = new Ledger(Window.DAY);
    Cost underWay = Cost.NONE;
    private final String replica;

    Account(String replica) {
        this.replica = replica;
    }

    /** Which bound one more request would break, if any. */
    Optional<Spent> spent(FallbackBudget bounds, ServiceRoute route, Cost request, Instant now) {
        Cost inHour = total(hour, route, now).plus(request);
        Cost inDay = total(day, route, now).plus(request);
        return usd(bounds.usdPerDay(), inDay, Window.DAY, now)
                .or(() -> tokens(bounds.tokensPerDay(), inDay, Window.DAY, now))
                .or(() -> usd(bounds.usdPerHour(), inHour, Window.HOUR, now))
                .or(() -> tokens(bounds.tokensPerHour(), inHour, Window.HOUR, now));
    }

    private Cost total(Ledger ledger, ServiceRoute route, Instant now) {
        return ledger.own(now).plus(underWay).plus(ledger.others(route, replica, now));
    }

    private static Optional<Spent> usd(@Nullable Double bound, Cost cost, Window window, Instant now) {
        return bound != null && cost.microUsd() > Math.floor(bound * MICRO)
                ? Optional.of(new Spent(bound + " USD per " + window.word(), window.secondsLeft(now)))
                : Optional.empty();
    }

    private static Optional<Spent> tokens(@Nullable Long bound, Cost cost, Window window, Instant now) {
        return bound != null && cost.tokens() > bound
                ? Optional.of(new Spent(bound + " tokens per " + window.word(), window.secondsLeft(now)))
                : Optional.empty();
    }
}
