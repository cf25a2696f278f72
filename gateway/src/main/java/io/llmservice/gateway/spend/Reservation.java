package io.llmservice.gateway.spend;

import io.llmservice.api.v1alpha1.TokenPrice;
import io.llmservice.gateway.request.Usage;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is set aside for one request at a target; settled once, what is said again is ignored. */
public final class Reservation {

    private final Budget budget;
    private final Account account;
    private final TokenPrice price;
    private final Usage estimate;
    private final Cost reserved;
    private final AtomicBoolean settled = new AtomicBoolean();

    Reservation(Budget budget, Account account, TokenPrice price, Usage estimate, Cost reserved) {
        this.budget = budget;
        this.account = account;
        this.price = price;
        this.estimate = estimate;
        this.reserved = reserved;
    }

    /** The target answered with this usage. */
    public void spend(Usage usage) {
        settle(Optional.of(Cost.of(usage, price)));
    }

    /** Something was answered but nobody counted it: all that it may have cost is taken as spent. */
    public void spendEstimate() {
        spend(estimate);
    }

    /** Nothing was spent. */
    public void release() {
        settle(Optional.empty());
    }

    private void settle(Optional<Cost> real) {
        if (settled.compareAndSet(false, true)) {
            budget.settle(account, reserved, real);
        }
    }
}
