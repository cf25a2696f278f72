package io.llmservice.gateway.dispatch;

import static io.llmservice.gateway.policy.Given.fallback;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.policy.Given;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.PodEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds after any sequence of requests, answers, failures, pods that come and go, and time. */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class DispatchPropertiesTest {

    private static final long TOKENS_PER_DAY = 1_000;

    @Property
    void anOpenBreakerSendsNothingToPodsAndAHalfOpenOneASingleProbe(@ForAll("events") List<Event> events) {
        var run = new Run(Optional.of(fallback(vendor("vendor"))));
        for (Event event : events) {
            run.play(event);
            BreakerPosition position = run.gateway.snapshot().position();
            if (position == BreakerPosition.HALF_OPEN) {
                assertThat(run.probesUnderWay()).isLessThanOrEqualTo(1);
            }
            run.lastAsk.ifPresent(asked -> {
                if (asked.before() == BreakerPosition.OPEN && position == BreakerPosition.OPEN) {
                    assertThat(asked.next()).isNotInstanceOf(Next.ToPod.class);
                }
            });
        }
    }

    @Property
    void itAlwaysRecoversOncePodsAreHealthy(@ForAll("events") List<Event> events) {
        var run = new Run(Optional.of(fallback(vendor("vendor"))));
        events.forEach(run::play);

        run.pods(0b1111);
        run.endAll();
        // The longest it stays open is eight times 30 s, the longest a pod is left out 32 times 10 s.
        run.gateway.clock.pass(Duration.ofMinutes(6));
        for (int request = 0; request < 12; request++) {
            run.gateway.answer(run.gateway.ask());
        }

        assertThat(run.gateway.snapshot().position()).isEqualTo(BreakerPosition.CLOSED);
        for (int request = 0; request < 20; request++) {
            assertThat(run.gateway.ask()).isInstanceOf(Next.ToPod.class);
        }
    }

    @Property
    void targetsAreNeverPaidBeyondTheBound(@ForAll("events") List<Event> events) {
        var bound = new FallbackBudget(null, null, null, TOKENS_PER_DAY);
        var run = new Run(Optional.of(fallback(null, bound, vendor("vendor"))));
        for (Event event : events) {
            run.play(event);
            assertThat(run.paid).isLessThanOrEqualTo(TOKENS_PER_DAY);
        }
    }

    @Property
    void onlyPodsThatServeAndWereNotTriedAreChosen(
            @ForAll("events") List<Event> events, @ForAll("mask") int ready, @ForAll("mask") int tried) {
        var run = new Run(Optional.empty());
        events.forEach(run::play);
        run.pods(ready);

        Set<String> failed = run.names(tried);
        Next next = run.gateway.ask(failed, List.of());

        Set<String> left = run.names(ready & ~tried);
        if (left.isEmpty()) {
            assertThat(next).isInstanceOf(Next.Refused.class);
        } else {
            assertThat(next)
                    .isInstanceOfSatisfying(
                            Next.ToPod.class,
                            to -> assertThat(left).contains(to.pod().uid()));
        }
    }

    @Property
    void atMostHalfOfThePodsAreLeftOut(@ForAll("events") List<Event> events) {
        var run = new Run(Optional.empty());
        run.pods(0b1111);
        events.stream().filter(event -> event.kind() != Kind.PODS).forEach(run::play);

        Set<String> chosen = new HashSet<>();
        for (int request = 0; request < 200; request++) {
            if (run.gateway.ask() instanceof Next.ToPod to) {
                chosen.add(to.pod().uid());
            }
        }

        assertThat(chosen).hasSizeGreaterThanOrEqualTo(2);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> event = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, Kind.ASK),
                                Tuple.of(4, Kind.ANSWER),
                                Tuple.of(6, Kind.FAIL),
                                Tuple.of(1, Kind.BUSY),
                                Tuple.of(1, Kind.LEAVE),
                                Tuple.of(1, Kind.PODS),
                                Tuple.of(3, Kind.TIME)),
                        Arbitraries.integers().between(0, 63))
                .as(Event::new);
        return event.list().ofMinSize(20).ofMaxSize(150);
    }

    @Provide
    Arbitrary<Integer> mask() {
        return Arbitraries.integers().between(0, 15);
    }

    /** What may happen. */
    enum Kind {
        ASK,
        ANSWER,
        FAIL,
        BUSY,
        LEAVE,
        PODS,
        TIME
    }

    /** One thing that happens; the number says which request, which pods, or how many seconds. */
    record Event(Kind kind, int number) {}

    /** A request that was asked for, and where the breaker stood just before. */
    private record Asked(BreakerPosition before, Next next, Instant at) {}

    private static final class Run {
        private final Gateway gateway = new Gateway();
        private final Optional<FallbackSpec> fallback;
        private final List<Asked> underWay = new ArrayList<>();
        private Optional<Asked> lastAsk = Optional.empty();
        private final Set<Attempt> lost = new HashSet<>();
        private long paid;

        Run(Optional<FallbackSpec> fallback) {
            this.fallback = fallback;
            pods(0b0111);
        }

        void play(Event event) {
            lastAsk = Optional.empty();
            switch (event.kind()) {
                case ASK -> ask();
                case ANSWER -> end(event, Outcome.ANSWERED);
                case FAIL -> end(event, Outcome.FAILED_BEFORE_FIRST_BYTE);
                case BUSY -> end(event, Outcome.BUSY);
                case LEAVE -> end(event, Outcome.CANCELLED);
                case PODS -> pods(event.number() & 0b1111);
                case TIME -> {
                    gateway.clock.passSeconds(event.number());
                    gateway.tick();
                }
            }
        }

        /** Four pods at most, of which these are Ready. */
        void pods(int mask) {
            List<PodEndpoint> pods =
                    names(mask).stream().sorted().map(Given::pod).collect(Collectors.toList());
            pods.add(new PodEndpoint("draining", "draining", "127.0.0.1", 8000, true, true));
            gateway.serve(service(pods, fallback));
            if (mask == 0) {
                underWay.forEach(asked -> lost.add(Gateway.attempt(asked.next())));
            }
        }

        Set<String> names(int mask) {
            return IntStream.range(0, 4)
                    .filter(i -> (mask & 1 << i) != 0)
                    .mapToObj(i -> "pod-" + i)
                    .collect(Collectors.toSet());
        }

        private void ask() {
            BreakerPosition before = gateway.snapshot().position();
            Next next = gateway.ask(
                    Given.request(true, 400, 100, PrefixBlocks.NONE), Set.of(), List.of(), target -> Optional.empty());
            var asked = new Asked(before, next, gateway.clock.instant());
            lastAsk = Optional.of(asked);
            if (!(next instanceof Next.Refused)) {
                underWay.add(asked);
            }
        }

        private void end(Event event, Outcome outcome) {
            if (!underWay.isEmpty()) {
                end(underWay.remove(event.number() % underWay.size()).next(), outcome);
            }
        }

        private void end(Next next, Outcome outcome) {
            Attempt attempt = Gateway.attempt(next);
            // Never more than the estimate: 100 tokens of prompt and as many of answer.
            Usage usage = outcome == Outcome.ANSWERED ? new Usage(100, 100, false) : Usage.NONE;
            if (outcome == Outcome.ANSWERED) {
                attempt.firstToken();
            }
            attempt.end(outcome, usage);
            if (next instanceof Next.ToTarget && (outcome == Outcome.ANSWERED || outcome == Outcome.CANCELLED)) {
                paid += 200;
            }
        }

        void endAll() {
            underWay.forEach(asked -> end(asked.next(), Outcome.CANCELLED));
            underWay.clear();
        }

        /**
         * Requests that were let through to pods while the breaker was not closed, have neither token nor end, and are
         * still waited for: their pod is there, and the bound for a first token has not passed.
         */
        long probesUnderWay() {
            return underWay.stream()
                    .filter(asked -> asked.before() != BreakerPosition.CLOSED)
                    .filter(asked -> asked.at().plusSeconds(30).isAfter(gateway.clock.instant()))
                    .filter(asked -> asked.next() instanceof Next.ToPod to && !lost.contains(to.attempt()))
                    .count();
        }
    }
}
