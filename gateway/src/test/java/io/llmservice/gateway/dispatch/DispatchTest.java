package io.llmservice.gateway.dispatch;

import static io.llmservice.gateway.policy.Given.fallback;
import static io.llmservice.gateway.policy.Given.pod;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.vendor;
import static io.llmservice.gateway.policy.Given.withMode;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where requests go, as a client and an administrator notice it. */
class DispatchTest {

    private final Gateway gateway = new Gateway();

    @Test
    void whilePodsServeTheRequestsGoThere() {
        gateway.serve(service(List.of(pod("a"), pod("b")), Optional.of(fallback(vendor("vendor")))));

        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
        assertThat(gateway.transitions()).isEmpty();
    }

    @Test
    void noPodSendsRequestsToTheTargetAndTheFirstReadyPodIsTriedAtOnceAndThenTakesAll() {
        ServiceRoute cold = service(List.of(), Optional.of(fallback(vendor("vendor"))));
        gateway.serve(cold);
        assertThat(gateway.ask()).isInstanceOfSatisfying(Next.ToTarget.class, next -> {
            assertThat(next.target().name()).isEqualTo("vendor");
            assertThat(next.reason()).isEqualTo("NoReadyReplicas");
        });

        gateway.serve(service(List.of(pod("a")), cold.fallback()));
        for (int probe = 0; probe < 3; probe++) {
            Next next = gateway.ask();
            assertThat(next).isInstanceOf(Next.ToPod.class);
            assertThat(gateway.ask()).as("while a probe is under way").isInstanceOf(Next.ToTarget.class);
            gateway.answer(next);
        }

        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
        assertThat(gateway.transitions())
                .containsExactly(BreakerPosition.OPEN, BreakerPosition.HALF_OPEN, BreakerPosition.CLOSED);
    }

    @Test
    void aRequestThatFailedOnAPodGoesToAnotherThenToTheTargetsInTheirOrder() {
        gateway.serve(service(List.of(pod("a"), pod("b")), Optional.of(fallback(vendor("first"), vendor("second")))));

        assertThat(gateway.ask(Set.of("a"), List.of()))
                .isInstanceOfSatisfying(
                        Next.ToPod.class, next -> assertThat(next.pod().name()).isEqualTo("b"));
        assertThat(target(gateway.ask(Set.of("a", "b"), List.of()))).isEqualTo("first");
        assertThat(target(gateway.ask(Set.of("a", "b"), List.of("first")))).isEqualTo("second");
        assertThat(refused(gateway.ask(Set.of("a", "b"), List.of("first", "second"))))
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(502);
                    assertThat(refusal.code()).isEqualTo("upstream_failed");
                });
    }

    @Test
    void coldWithoutAFallbackIsA503ThatSaysHowLongAColdStartTakes() {
        gateway.serve(service(List.of(), Optional.empty()));

        Refusal refusal = refused(gateway.ask());

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.code()).isEqualTo("model_cold");
        assertThat(refusal.retryAfterSeconds()).contains(120);
    }

    @Test
    void drainingAndUnreadyPodsGetNothing() {
        gateway.serve(service(
                List.of(
                        new PodEndpoint("a", "a", "127.0.0.1", 8000, true, true),
                        new PodEndpoint("b", "b", "127.0.0.1", 8000, false, false)),
                Optional.empty()));

        assertThat(refused(gateway.ask()).code()).isEqualTo("no_ready_replicas");
    }

    @Test
    void podsThatAreAllFullAreA503() {
        gateway.serve(service(List.of(pod("a")), Optional.empty()));
        gateway.end(gateway.ask(), Outcome.BUSY);

        assertThat(refused(gateway.ask(Set.of("a"), List.of())).code()).isEqualTo("overloaded");
    }

    @Test
    void manyFailuresOpenTheBreakerAndItTriesThePodsAgainLaterAndLater() {
        gateway.serve(service(List.of(pod("a"), pod("b")), Optional.of(fallback(vendor("vendor")))));
        for (int i = 0; i < 10; i++) {
            gateway.end(gateway.ask(), Outcome.FAILED_BEFORE_FIRST_BYTE);
        }
        assertThat(gateway.ask()).isInstanceOf(Next.ToTarget.class);
        assertThat(gateway.snapshot().reason()).contains("10 of 10 requests to the pods failed within 30 s");

        gateway.clock.passSeconds(30);
        gateway.end(gateway.ask(), Outcome.FAILED_BEFORE_FIRST_BYTE);
        gateway.clock.passSeconds(59);
        assertThat(gateway.ask()).isInstanceOf(Next.ToTarget.class);
        gateway.clock.passSeconds(1);
        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
    }

    @Test
    void aTargetThatCannotCarryTheRequestIsSkippedAndIfNoneCanTheReasonsAreNamed() {
        gateway.serve(service(List.of(), Optional.of(fallback(vendor("first"), vendor("second")))));

        Function<FallbackTarget, Optional<String>> onlySecond =
                target -> target.name().equals("first") ? Optional.of("no embeddings") : Optional.empty();
        assertThat(target(gateway.ask(Set.of(), List.of(), onlySecond))).isEqualTo("second");

        Refusal refusal = refused(gateway.ask(Set.of(), List.of(), target -> Optional.of("no embeddings")));
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.message()).contains("first: no embeddings; second: no embeddings");
    }

    @Test
    void aSpentBudgetIsA429UntilTheHourEnds() {
        var budget = new FallbackBudget(null, null, 300L, null);
        gateway.serve(service(List.of(), Optional.of(fallback(null, budget, vendor("vendor")))));
        Next first = gateway.ask();
        gateway.clock.passSeconds(600);
        assertThat(first).isInstanceOf(Next.ToTarget.class);

        Refusal refusal = refused(gateway.ask());
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo("fallback_budget_exceeded");
        assertThat(refusal.retryAfterSeconds()).contains(3000);

        gateway.end(first, Outcome.FAILED_BEFORE_FIRST_BYTE);
        assertThat(gateway.ask()).as("what failed cost nothing").isInstanceOf(Next.ToTarget.class);
    }

    @Test
    void aPersonCanForceEitherWay() {
        ServiceRoute warm = service(List.of(pod("a")), Optional.of(fallback(vendor("vendor"))));
        gateway.serve(withMode(warm, FallbackMode.FORCE_FALLBACK));
        assertThat(gateway.ask())
                .isInstanceOfSatisfying(
                        Next.ToTarget.class, next -> assertThat(next.reason()).isEqualTo("ForceFallback"));

        gateway.serve(withMode(service(List.of(), warm.fallback()), FallbackMode.FORCE_PRIMARY));
        assertThat(refused(gateway.ask()).code()).isEqualTo("model_cold");

        gateway.serve(withMode(service(List.of(), warm.fallback()), FallbackMode.DISABLED));
        assertThat(refused(gateway.ask()).code()).isEqualTo("model_cold");
    }

    @Test
    void weightsShareTheRequestsAmongTargets() {
        gateway.serve(service(
                List.of(), Optional.of(fallback(vendor("last"), vendor("most", 9, null), vendor("few", 1, null)))));
        int most = 0;
        for (int i = 0; i < 1000; i++) {
            Next next = gateway.ask();
            most += target(next).equals("most") ? 1 : 0;
            gateway.answer(next);
        }

        assertThat(most).isBetween(860, 940);
        assertThat(target(gateway.ask(Set.of(), List.of("most", "few")))).isEqualTo("last");
    }

    @Test
    void aTargetThatKeepsFailingIsLeftAloneForAWhile() {
        gateway.serve(service(List.of(), Optional.of(fallback(vendor("first"), vendor("second")))));
        for (int i = 0; i < 5; i++) {
            gateway.end(gateway.ask(), Outcome.FAILED_BEFORE_FIRST_BYTE);
        }
        assertThat(target(gateway.ask())).isEqualTo("second");

        gateway.clock.passSeconds(10);
        assertThat(target(gateway.ask())).isEqualTo("first");
        assertThat(target(gateway.ask())).as("one at a time").isEqualTo("second");
    }

    @Test
    void aReportSaysWhyWhereToAndWhatItCost() {
        gateway.serve(service(List.of(), Optional.of(fallback(vendor("vendor")))));
        gateway.answer(gateway.ask());

        assertThat(gateway.report())
                .contains(new GatewayReport(
                        BreakerPosition.OPEN,
                        "No pod is Ready; the first that is will be tried at once.",
                        "2026-11-24T17:00:00Z",
                        null,
                        "vendor",
                        new Spend("2026-11-24T17", 30_000L, 20L, 1L),
                        new Spend("2026-11-24", 30_000L, 20L, 1L)));
    }

    @Test
    void aServiceWithoutAFallbackHasNothingToReport() {
        gateway.serve(service(List.of(pod("a")), Optional.empty()));
        gateway.answer(gateway.ask());

        assertThat(gateway.report()).isEmpty();
    }

    private static String target(Next next) {
        assertThat(next).isInstanceOf(Next.ToTarget.class);
        return ((Next.ToTarget) next).target().name();
    }

    private static Refusal refused(Next next) {
        assertThat(next).isInstanceOf(Next.Refused.class);
        return ((Next.Refused) next).refusal();
    }
}
