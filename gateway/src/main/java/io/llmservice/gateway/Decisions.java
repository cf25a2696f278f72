package io.llmservice.gateway;

import io.llmservice.gateway.choice.PrefixIndex;
import io.llmservice.gateway.dispatch.ServiceDispatch;
import io.llmservice.gateway.dispatch.ServiceReports;
import io.llmservice.gateway.dispatch.TransitionListener;
import io.llmservice.gateway.limits.ApiKeys;
import io.llmservice.gateway.limits.ServiceAdmission;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.spend.Budget;
import io.llmservice.planner.fallback.TokenPrices;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * What decides, around one table of routes; to be made before the table's first swap.
 *
 * @param dispatch where each attempt goes
 * @param admission who may ask
 * @param reports what this replica has to say of each service
 */
public record Decisions(ServiceDispatch dispatch, ServiceAdmission admission, ServiceReports reports) {

    /** Of all pods together; takes at most 64 MiB. */
    private static final int REMEMBERED_BLOCKS = 1_000_000;

    /**
     * Puts them together.
     *
     * @param replica name under which this replica reports
     * @param replicas how many replicas share the limits, this one too
     * @param transitions told whenever a breaker moves; must return at once
     */
    public static Decisions around(
            Routes routes, String replica, ApiKeys keys, IntSupplier replicas, TransitionListener transitions) {
        var clock = InstantSource.system();
        var budget = new Budget(replica, TokenPrices.shipped(), clock);
        var dispatch = new ServiceDispatch(
                routes, clock, new Random(), budget, new PrefixIndex(REMEMBERED_BLOCKS), transitions);
        return new Decisions(
                dispatch,
                new ServiceAdmission(routes, keys, replicas, clock),
                new ServiceReports(routes, dispatch, budget));
    }
}
