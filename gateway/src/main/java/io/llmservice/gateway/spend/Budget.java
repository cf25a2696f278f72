package io.llmservice.gateway.spend;

import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.api.v1alpha1.TokenPrice;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.planner.fallback.TokenPrices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the targets of each service cost, held against its budget before anything is spent. A request may begin only if what
 * this replica spent in the window, what its requests under way may cost, what the request may cost, and what all other
 * replicas reported in the same window stay within the bound together. Safe for several threads.
 *
 * <p>One replica alone exceeds a bound only by what answers cost beyond their estimates: a prompt of more than one token in
 * four characters, or an answer of more than 1,000 tokens to a request that names no most; no new request begins from then
 * on. Several replicas together exceed it further by what the others granted since their last reports: at most the interval
 * between reports times the rate at which the others spend, and what they have under way.
 */
public final class Budget {

    private static final TokenPrice FREE = new TokenPrice(0.0, 0.0);

    private final String replica;
    private final TokenPrices prices;
    private final InstantSource clock;
    private final Map<String, Account> accounts = new HashMap<>();

    /**
     * @param replica name under which this replica reports
     * @param prices what tokens cost where a target does not say
     */
    public Budget(String replica, TokenPrices prices, InstantSource clock) {
        this.replica = replica;
        this.prices = prices;
        this.clock = clock;
    }

    /** Asks whether a request may go to a target; what is granted must be settled, exactly once. */
    public synchronized Answer reserve(ServiceRoute route, FallbackTarget target, RequestScan scan) {
        Instant now = clock.instant();
        Optional<FallbackBudget> budget = route.fallback().flatMap(fallback -> Optional.ofNullable(fallback.budget()));
        Optional<TokenPrice> price = price(target);
        if (price.isEmpty() && budget.map(Budget::boundsUsd).orElse(false)) {
            return new Answer.Unpriced(
                    "target " + target.name()
                            + " has no known price, so a budget in USD cannot be held: set its price, or use a budget in tokens");
        }
        TokenPrice known = price.orElse(FREE);
        Account account = account(route, now);
        Usage estimate = Cost.estimate(scan);
        Cost reserved = Cost.of(estimate, known);
        Optional<Answer.Spent> spent = budget.flatMap(bounds -> account.spent(bounds, route, reserved, now));
        if (spent.isPresent()) {
            return spent.get();
        }
        account.underWay = account.underWay.plus(reserved);
        return new Answer.Granted(new Reservation(this, account, known, estimate, reserved));
    }

    /** What this replica spent for a service in the last clock hour in which it spent anything. */
    public synchronized Optional<Spend> hour(ServiceRoute route) {
        return account(route, clock.instant()).hour.report();
    }

    /** What this replica spent for a service on the last day on which it spent anything. */
    public synchronized Optional<Spend> day(ServiceRoute route) {
        return account(route, clock.instant()).day.report();
    }

    /** Forgets all services but these. */
    public synchronized void retain(Set<String> uids) {
        accounts.keySet().retainAll(uids);
    }

    synchronized void settle(Account account, Cost reserved, Optional<Cost> real) {
        account.underWay = account.underWay.minus(reserved);
        Instant now = clock.instant();
        real.ifPresent(cost -> {
            account.hour.add(cost, now);
            account.day.add(cost, now);
        });
    }

    private Account account(ServiceRoute route, Instant now) {
        return accounts.computeIfAbsent(route.uid(), uid -> {
            var account = new Account(replica);
            account.hour.adopt(route, replica, now);
            account.day.adopt(route, replica, now);
            return account;
        });
    }

    /** A sibling's own pods answer, which cost nothing by the token. */
    private Optional<TokenPrice> price(FallbackTarget target) {
        return target.llmService() != null && target.price() == null ? Optional.of(FREE) : prices.of(target);
    }

    private static boolean boundsUsd(FallbackBudget budget) {
        return budget.usdPerHour() != null || budget.usdPerDay() != null;
    }

    /** Whether a request may go to a target. */
    public sealed interface Answer {

        /** It may. */
        record Granted(Reservation reservation) implements Answer {}

        /**
         * The budget is spent.
         *
         * @param bound which bound, in words
         * @param secondsLeft until the window ends
         */
        record Spent(String bound, int secondsLeft) implements Answer {}

        /** The target's price is not known, and the budget is in USD. */
        record Unpriced(String reason) implements Answer {}
    }
}
