package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What this replica has to say of a service in its status: breaker, target and spend. */
public final class ServiceReports implements Function<ServiceKey, Optional<GatewayReport>> {

    private final Routes routes;
    private final ServiceDispatch dispatch;
    private final Budget budget;

    public ServiceReports(Routes routes, ServiceDispatch dispatch, Budget budget) {
        this.routes = routes;
        this.dispatch = dispatch;
        this.budget = budget;
    }

    /** The report; empty for a service that is not there, or has no fallback and never spent anything on one. */
    @Override
    public Optional<GatewayReport> apply(ServiceKey service) {
        return routes.table().byKey(service).flatMap(this::report);
    }

    private Optional<GatewayReport> report(ServiceRoute route) {
        Optional<Spend> hour = budget.hour(route);
        Optional<Spend> day = budget.day(route);
        if (route.fallback().isEmpty() && day.isEmpty()) {
            return Optional.empty();
        }
        BreakerSnapshot snapshot = dispatch.snapshot(route);
        Optional<String> target =
                snapshot.position() == BreakerPosition.CLOSED ? Optional.empty() : dispatch.firstTarget(route);
        return Optional.of(new GatewayReport(
                snapshot.position(),
                snapshot.reason(),
                snapshot.openedAt().map(Instant::toString).orElse(null),
                snapshot.nextProbe().map(Instant::toString).orElse(null),
                target.orElse(null),
                hour.orElse(null),
                day.orElse(null)));
    }
}
