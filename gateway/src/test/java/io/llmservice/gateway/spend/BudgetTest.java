package io.llmservice.gateway.spend;

import static io.llmservice.gateway.policy.Given.fallback;
import static io.llmservice.gateway.policy.Given.request;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.vendor;
import static io.llmservice.gateway.policy.Given.withReports;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.gateway.policy.SetClock;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget.Answer;
import io.llmservice.planner.fallback.TokenPrices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Money is spent within the bound, whoever spent it and whenever a replica started anew. */
class BudgetTest {

    private final SetClock clock = new SetClock();
    private final Budget budget = new Budget("replica-1", TokenPrices.shipped(), clock);

    /** Costs 100 tokens in and 100 out at most: 0.3 USD at the vendor. */
    private final RequestScan request = request();

    @Test
    void whatIsUnderWayCountsUntilItEndsAndThenWhatItReallyCost() {
        ServiceRoute route = route(new FallbackBudget(0.7, null, null, null), vendor("vendor"));
        Reservation first = granted(route);
        Reservation second = granted(route);
        assertThat(budget.reserve(route, target(route), request)).isInstanceOfSatisfying(Answer.Spent.class, spent -> {
            assertThat(spent.bound()).isEqualTo("0.7 USD per hour");
            assertThat(spent.secondsLeft()).isEqualTo(3600);
        });

        first.spend(new Usage(10, 10, false));
        second.release();

        assertThat(budget.hour(route)).contains(new Spend("2026-11-24T17", 30_000L, 20L, 1L));
        assertThat(budget.day(route)).contains(new Spend("2026-11-24", 30_000L, 20L, 1L));
        granted(route);
        granted(route);
    }

    @Test
    void aNewHourIsANewBudgetAndADayHoldsAllItsHours() {
        ServiceRoute route = route(new FallbackBudget(null, null, 200L, 300L), vendor("vendor"));
        granted(route).spend(new Usage(100, 100, false));
        assertThat(budget.reserve(route, target(route), request)).isInstanceOf(Answer.Spent.class);

        clock.passSeconds(3600);

        assertThat(budget.reserve(route, target(route), request))
                .isInstanceOfSatisfying(
                        Answer.Spent.class, spent -> assertThat(spent.bound()).isEqualTo("300 tokens per day"));
        assertThat(budget.hour(route)).as("the last hour in which it spent").isPresent();
        clock.passSeconds(6 * 3600);
        granted(route);
    }

    @Test
    void whatOtherReplicasReportedInTheSameWindowCounts() {
        ServiceRoute route = route(new FallbackBudget(null, null, 1000L, null), vendor("vendor"));
        ServiceRoute same = withReports(route, Map.of("replica-2", report("2026-11-24T17", 900)));
        ServiceRoute earlier = withReports(route, Map.of("replica-2", report("2026-11-24T16", 900)));

        assertThat(budget.reserve(same, target(route), request)).isInstanceOf(Answer.Spent.class);
        assertThat(budget.reserve(earlier, target(route), request)).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void whatThisReplicaReportedBeforeItStartedAnewStaysSpent() {
        ServiceRoute route = route(new FallbackBudget(null, null, 1000L, null), vendor("vendor"));
        ServiceRoute restarted = withReports(route, Map.of("replica-1", report("2026-11-24T17", 900)));

        assertThat(budget.reserve(restarted, target(route), request)).isInstanceOf(Answer.Spent.class);
        assertThat(budget.hour(restarted))
                .hasValueSatisfying(spend -> assertThat(spend.tokens()).isEqualTo(900));
    }

    @Test
    void aBudgetInUsdCannotBeHeldForATargetWithoutAPrice() {
        FallbackTarget unpriced = vendor("vendor", null, null);
        ServiceRoute usd = route(new FallbackBudget(100.0, null, null, null), unpriced);
        ServiceRoute tokens = route(new FallbackBudget(null, null, 1000L, null), unpriced);

        assertThat(budget.reserve(usd, unpriced, request))
                .isInstanceOfSatisfying(
                        Answer.Unpriced.class,
                        answer -> assertThat(answer.reason()).contains("set its price"));
        assertThat(budget.reserve(tokens, unpriced, request)).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void aServiceThatIsGoneIsForgotten() {
        ServiceRoute route = route(new FallbackBudget(null, null, 1000L, null), vendor("vendor"));
        granted(route).spend(new Usage(10, 10, false));

        budget.retain(Set.of());

        assertThat(budget.hour(route)).isEmpty();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void oneReplicaNeverSpendsMoreThanTheBound(
            @ForAll @Size(max = 100) List<@IntRange(max = 999) Integer> steps,
            @ForAll @IntRange(max = 5000) int tokens) {
        ServiceRoute route = route(new FallbackBudget(null, null, (long) tokens, null), vendor("vendor"));
        var fresh = new Budget("replica-1", TokenPrices.shipped(), clock);
        List<Reservation> underWay = new ArrayList<>();
        for (int step : steps) {
            if (step % 3 > 0) {
                if (fresh.reserve(route, target(route), sized(step)) instanceof Answer.Granted granted) {
                    underWay.add(granted.reservation());
                }
            } else if (!underWay.isEmpty()) {
                underWay.remove(step % underWay.size()).spendEstimate();
            }
        }
        underWay.forEach(Reservation::spendEstimate);

        assertThat(fresh.hour(route).map(Spend::tokens).orElse(0L)).isLessThanOrEqualTo(tokens);
    }

    private static RequestScan sized(int step) {
        return request(true, step * 4, step % 7 * 50, PrefixBlocks.NONE);
    }

    private Reservation granted(ServiceRoute route) {
        Answer answer = budget.reserve(route, target(route), request);
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted) answer).reservation();
    }

    private static ServiceRoute route(FallbackBudget budget, FallbackTarget target) {
        return service(List.of(), Optional.of(fallback(null, budget, target)));
    }

    private static FallbackTarget target(ServiceRoute route) {
        return route.fallback().orElseThrow().targets().getFirst();
    }

    private static GatewayReport report(String hour, long tokens) {
        return new GatewayReport(BreakerPosition.OPEN, null, null, null, null, new Spend(hour, 0L, tokens, 1L), null);
    }
}
