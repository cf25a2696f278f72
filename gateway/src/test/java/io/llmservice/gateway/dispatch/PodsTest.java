package io.llmservice.gateway.dispatch;

import static io.llmservice.gateway.policy.Given.fallback;
import static io.llmservice.gateway.policy.Given.pod;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.policy.Given;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.route.RouteTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pod gets a request, and which is left out. */
class PodsTest {

    private final Gateway gateway = new Gateway();

    @Test
    void theOnlyPodIsLeftOutWhenItYieldsNoTokenBecauseATargetCanTakeItsPlaceAndComesBackByOneRequest() {
        gateway.serve(service(List.of(pod("a")), Optional.of(fallback(vendor("vendor")))));
        Next silent = gateway.ask();
        gateway.clock.passSeconds(60);

        assertThat(gateway.ask())
                .isInstanceOfSatisfying(
                        Next.ToTarget.class, next -> assertThat(next.reason()).isEqualTo("PodsEjected"));

        gateway.clock.passSeconds(10);
        Next trial = gateway.ask();
        assertThat(trial).isInstanceOf(Next.ToPod.class);
        assertThat(gateway.ask()).as("while it is tried").isInstanceOf(Next.ToTarget.class);
        gateway.answer(trial);
        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
        gateway.end(silent, Outcome.CANCELLED);
    }

    @Test
    void theLastPodIsKeptWhereNoTargetCanTakeItsPlace() {
        gateway.serve(service(List.of(pod("a")), Optional.empty()));
        gateway.ask();
        gateway.clock.passSeconds(600);

        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
    }

    @Test
    void aPodThatGoesOnYieldingTokensIsNotSilentHoweverLongOneOfItsRequestsWaits() {
        gateway.serve(service(List.of(pod("a")), Optional.of(fallback(vendor("vendor")))));
        Next flowing = gateway.ask();
        Gateway.attempt(flowing).firstToken();
        gateway.ask();
        gateway.clock.passSeconds(50);
        Gateway.attempt(flowing).progress();
        gateway.tick();
        gateway.clock.passSeconds(15);

        assertThat(gateway.ask()).isInstanceOf(Next.ToPod.class);
    }

    @Test
    void aPodWhoseQueueOthersFillGetsFewer() {
        gateway.serve(service(List.of(pod("a"), pod("b")), Optional.empty()));
        gateway.gauges("a", 10, 5, 0.5);
        gateway.gauges("b", 0, 0, 0.1);

        for (int i = 0; i < 10; i++) {
            assertThat(gateway.ask())
                    .isInstanceOfSatisfying(
                            Next.ToPod.class,
                            next -> assertThat(next.pod().name()).isEqualTo("b"));
        }
        gateway.clock.passSeconds(11);
        assertThat(gateway.ask())
                .as("gauges that are too old say nothing")
                .isInstanceOfSatisfying(
                        Next.ToPod.class, next -> assertThat(next.pod().name()).isEqualTo("a"));
    }

    @Test
    void theNextTurnOfAConversationGoesToThePodThatHasTheFirst() {
        gateway.serve(service(List.of(pod("a"), pod("b"), pod("c"), pod("d")), Optional.empty()));
        long[] first = {1, 2, 3, 4, 5, 6, 7, 8};
        long[] second = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        String pod = podOf(first);

        for (int turn = 0; turn < 20; turn++) {
            assertThat(podOf(second)).isEqualTo(pod);
        }
    }

    @Test
    void whenAServiceIsGoneNothingOfItIsKept() {
        gateway.serve(service(List.of(pod("a")), Optional.empty()));
        podOf(new long[] {1, 2, 3});
        assertThat(gateway.prefixes.size()).isEqualTo(3);

        gateway.routes.swap(RouteTable.of(List.of()));

        assertThat(gateway.prefixes.size()).isZero();
    }

    @Test
    void aPodThatIsLeftOutIsAskedAllTheSameWhenNothingElseTakesTheRequest() {
        gateway.serve(service(List.of(pod("a")), Optional.of(fallback(vendor("vendor")))));
        for (int i = 0; i < 5; i++) {
            gateway.end(gateway.ask(), Outcome.FAILED_BEFORE_FIRST_BYTE);
        }
        assertThat(gateway.ask()).isInstanceOf(Next.ToTarget.class);

        assertThat(gateway.ask(Set.of(), List.of(), target -> Optional.of("no embeddings")))
                .isInstanceOf(Next.ToPod.class);
        assertThat(gateway.ask(Set.of("a"), List.of(), target -> Optional.of("no embeddings")))
                .as("but not twice")
                .isInstanceOf(Next.Refused.class);
    }

    private String podOf(long[] prompt) {
        Next next = gateway.ask(
                Given.request(true, 400, 100, new PrefixBlocks(prompt)),
                Set.of(),
                List.of(),
                target -> Optional.empty());
        gateway.answer(next);
        return ((Next.ToPod) next).pod().name();
    }
}
