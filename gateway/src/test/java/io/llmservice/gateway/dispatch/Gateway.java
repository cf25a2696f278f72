package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.choice.PrefixIndex;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.policy.Given;
import io.llmservice.gateway.policy.SetClock;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget;
import io.llmservice.planner.fallback.TokenPrices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A dispatch with one service, on a clock that stands. */
final class Gateway {

    final SetClock clock = new SetClock();
    final Routes routes = new Routes();
    final PrefixIndex prefixes = new PrefixIndex(10_000);
    private final List<BreakerPosition> transitions = new ArrayList<>();
    private final Budget budget = new Budget("replica-1", TokenPrices.shipped(), clock);
    private final ServiceDispatch dispatch = new ServiceDispatch(
            routes,
            clock,
            new Random(1),
            budget,
            prefixes,
            (service, snapshot) -> transitions.add(snapshot.position()));

    void serve(ServiceRoute route) {
        routes.swap(RouteTable.of(List.of(route)));
    }

    Next ask() {
        return ask(Set.of(), List.of());
    }

    Next ask(Set<String> triedPods, List<String> triedTargets) {
        return ask(triedPods, triedTargets, target -> Optional.empty());
    }

    Next ask(Set<String> triedPods, List<String> triedTargets, Function<FallbackTarget, Optional<String>> carries) {
        return ask(Given.request(), triedPods, triedTargets, carries);
    }

    Next ask(
            RequestScan request,
            Set<String> triedPods,
            List<String> triedTargets,
            Function<FallbackTarget, Optional<String>> carries) {
        return dispatch.next(service(), new Ask(request, triedPods, triedTargets, carries));
    }

    void answer(Next next) {
        attempt(next).firstToken();
        end(next, Outcome.ANSWERED);
    }

    void end(Next next, Outcome outcome) {
        attempt(next).end(outcome, outcome == Outcome.ANSWERED ? new Usage(10, 10, false) : Usage.NONE);
    }

    static Attempt attempt(Next next) {
        return switch (next) {
            case Next.ToPod pod -> pod.attempt();
            case Next.ToTarget target -> target.attempt();
            case Next.Refused refused -> throw new AssertionError("refused: " + refused.refusal());
        };
    }

    void gauges(String pod, int running, int waiting, double cache) {
        dispatch.gauges(Given.KEY, pod, new PodGauges(running, waiting, cache, clock.instant()));
    }

    Optional<GatewayReport> report() {
        return new ServiceReports(routes, dispatch, budget).apply(Given.KEY);
    }

    void tick() {
        dispatch.tick();
    }

    BreakerSnapshot snapshot() {
        return dispatch.snapshot(service());
    }

    List<BreakerPosition> transitions() {
        return transitions;
    }

    private ServiceRoute service() {
        return routes.table().byKey(Given.KEY).orElseThrow();
    }
}
