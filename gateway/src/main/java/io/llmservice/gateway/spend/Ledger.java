package io.llmservice.gateway.spend;

import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one replica spent for one service in one kind of window. Its budget's lock guards it. */
final class Ledger {

    private final Window window;
    private String key = "";
    private Cost cost = Cost.NONE;
    private long requests;

    Ledger(Window window) {
        this.window = window;
    }

    void add(Cost more, Instant now) {
        turn(now);
        cost = cost.plus(more);
        requests++;
    }

    /** What this replica reported before it started anew under the same name: it was spent all the same. */
    void adopt(ServiceRoute route, String replica, Instant now) {
        Spend before = spend(route.reports().get(replica));
        if (before != null && before.window().equals(window.key(now))) {
            key = before.window();
            cost = new Cost(before.microUsd(), before.tokens());
            requests = before.requests();
        }
    }

    Cost own(Instant now) {
        return key.equals(window.key(now)) ? cost : Cost.NONE;
    }

    /** What all others reported in the current window, those that are gone too. */
    Cost others(ServiceRoute route, String replica, Instant now) {
        String current = window.key(now);
        Cost sum = Cost.NONE;
        for (var report : route.reports().entrySet()) {
            Spend spend = spend(report.getValue());
            if (!report.getKey().equals(replica)
                    && spend != null
                    && spend.window().equals(current)) {
                sum = sum.plus(new Cost(spend.microUsd(), spend.tokens()));
            }
        }
        return sum;
    }

    /** The last window in which something was spent; empty until something was. */
    Optional<Spend> report() {
        return requests == 0 ? Optional.empty() : Optional.of(new Spend(key, cost.microUsd(), cost.tokens(), requests));
    }

    private void turn(Instant now) {
        String current = window.key(now);
        if (!current.equals(key)) {
            key = current;
            cost = Cost.NONE;
            requests = 0;
        }
    }

    private @Nullable Spend spend(@Nullable GatewayReport report) {
        if (report == null) {
            return null;
        }
        return window == Window.HOUR ? report.hour() : report.day();
    }
}
