package io.llmservice.gateway.relay;

import io.llmservice.gateway.route.ServiceRoute;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The retry budget of each service, shared by all event loops. */
public final class RetryBudgets {

    private final Map<String, RetryBudget> budgets = new ConcurrentHashMap<>();

    RetryBudget of(ServiceRoute route) {
        return budgets.computeIfAbsent(route.uid(), uid -> new RetryBudget());
    }
}
