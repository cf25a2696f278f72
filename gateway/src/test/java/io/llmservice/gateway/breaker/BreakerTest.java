package io.llmservice.gateway.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.BreakerTriggers;
import io.llmservice.api.v1alpha1.ErrorRateTrigger;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FirstTokenTrigger;
import io.llmservice.api.v1alpha1.SaturationTrigger;
import io.llmservice.gateway.breaker.Breaker.Path;
import io.llmservice.gateway.breaker.Watch.Result;
import io.llmservice.gateway.policy.Given;
import io.llmservice.gateway.policy.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What opens and closes the breaker of a service. */
class BreakerTest {

    private static final Conditions WELL = new Conditions(2, 0, 0);
    private static final Conditions NO_PODS = new Conditions(0, 0, 0);

    private final SetClock clock = new SetClock();
    private final List<BreakerPosition> moves = new ArrayList<>();
    private final Breaker breaker = new Breaker(snapshot -> moves.add(snapshot.position()));

    @Test
    void aFewFailuresProveNothing() {
        given(BreakerTriggers.defaults());

        requests(9, Result.BAD);

        assertThat(path()).isEqualTo(Path.PODS);
        assertThat(moves).isEmpty();
    }

    @Test
    void failuresThatAreOldNoLongerCount() {
        given(BreakerTriggers.defaults());
        requests(9, Result.BAD);
        clock.passSeconds(31);

        requests(9, Result.BAD);

        assertThat(path()).isEqualTo(Path.PODS);
    }

    @Test
    void whatSaysNothingOfThePodsIsNotCounted() {
        given(BreakerTriggers.defaults());
        requests(5, Result.BAD);
        requests(100, Result.UNKNOWN);
        requests(100, Result.FULL);

        assertThat(path()).isEqualTo(Path.PODS);
        requests(5, Result.BAD);
        assertThat(path()).isEqualTo(Path.PAST_THE_PODS);
    }

    @Test
    void onlyTheTriggersThatAreNamedOpenIt() {
        given(new BreakerTriggers(false, ErrorRateTrigger.defaults(), null, null));

        breaker.path(clock.instant(), NO_PODS);
        breaker.path(clock.instant(), new Conditions(1, 1000, 1));
        clock.passSeconds(60);

        assertThat(breaker.path(clock.instant(), new Conditions(1, 1000, 1))).isEqualTo(Path.PODS);
    }

    @Test
    void slowFirstTokensOpenItEvenWhileTheyAreStillAwaited() {
        given(new BreakerTriggers(false, null, FirstTokenTrigger.defaults(), null));
        for (int i = 0; i < 8; i++) {
            Watch watch = begin(false);
            watch.firstToken(clock.instant());
            watch.end(Result.GOOD, clock.instant());
        }
        begin(false);
        begin(false);
        assertThat(path()).isEqualTo(Path.PODS);

        clock.passSeconds(31);

        assertThat(path()).isEqualTo(Path.PAST_THE_PODS);
        assertThat(breaker.snapshot().reason()).contains("2 of the last 10 first tokens took longer than 30 s");
    }

    @Test
    void anAnswerThatIsNotStreamedMayTakeItsTime() {
        given(new BreakerTriggers(false, null, FirstTokenTrigger.defaults(), null));
        List<Watch> whole = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            whole.add(breaker.begin(clock.instant(), false, false));
        }
        clock.passSeconds(50);
        whole.forEach(watch -> watch.firstToken(clock.instant()));

        assertThat(path()).isEqualTo(Path.PODS);
    }

    @Test
    void fullPodsOpenItOnlyIfTheyStayFull() {
        given(new BreakerTriggers(false, null, null, SaturationTrigger.defaults()));
        var full = new Conditions(2, 32, 0.5);
        breaker.path(clock.instant(), full);
        clock.passSeconds(14);
        assertThat(breaker.path(clock.instant(), WELL)).isEqualTo(Path.PODS);
        breaker.path(clock.instant(), full);
        clock.passSeconds(14);
        assertThat(breaker.path(clock.instant(), full)).isEqualTo(Path.PODS);

        clock.passSeconds(1);

        assertThat(breaker.path(clock.instant(), full)).isEqualTo(Path.PAST_THE_PODS);
        assertThat(breaker.snapshot().word()).isEqualTo("Saturation");
    }

    @Test
    void fullCachesWithRequestsWaitingOpenIt() {
        given(new BreakerTriggers(false, null, null, SaturationTrigger.defaults()));
        breaker.path(clock.instant(), new Conditions(2, 1, 0.96));
        clock.passSeconds(15);

        assertThat(breaker.path(clock.instant(), new Conditions(2, 1, 0.96))).isEqualTo(Path.PAST_THE_PODS);
    }

    @Test
    void itStaysOpenLongerWhileItKeepsReopeningAndNotAfterACalmTime() {
        given(BreakerTriggers.defaults());
        requests(10, Result.BAD);
        path();
        for (int seconds : new int[] {30, 60, 120, 240, 240}) {
            assertThat(breaker.snapshot().nextProbe()).contains(clock.instant().plusSeconds(seconds));
            clock.passSeconds(seconds - 1);
            assertThat(path()).isEqualTo(Path.PAST_THE_PODS);
            clock.passSeconds(1);
            assertThat(path()).isEqualTo(Path.PROBE);
            begin(true).end(Result.BAD, clock.instant());
        }
        clock.passSeconds(240);
        close();

        clock.passSeconds(240);
        requests(10, Result.BAD);
        path();

        assertThat(breaker.snapshot().nextProbe()).contains(clock.instant().plusSeconds(30));
    }

    @Test
    void probesGoOneAtATimeAndOneThatSaysNothingIsFollowedByAnother() {
        given(BreakerTriggers.defaults());
        breaker.path(clock.instant(), NO_PODS);
        assertThat(path()).isEqualTo(Path.PROBE);
        Watch left = begin(true);
        assertThat(path()).isEqualTo(Path.PAST_THE_PODS);

        left.end(Result.UNKNOWN, clock.instant());

        close();
        assertThat(path()).isEqualTo(Path.PODS);
        assertThat(moves).containsExactly(BreakerPosition.OPEN, BreakerPosition.HALF_OPEN, BreakerPosition.CLOSED);
    }

    @Test
    void aProbeWithoutATokenInTimeHasFailedAndItsLateAnswerChangesNothing() {
        given(BreakerTriggers.defaults());
        breaker.path(clock.instant(), NO_PODS);
        path();
        Watch silent = begin(true);
        clock.passSeconds(31);

        assertThat(path()).isEqualTo(Path.PAST_THE_PODS);
        silent.firstToken(clock.instant());
        assertThat(breaker.snapshot().position()).isEqualTo(BreakerPosition.OPEN);
        assertThat(breaker.snapshot().reason()).contains("got no token in time");
    }

    @Test
    void aFailureOfARequestFromBeforeItOpenedDoesNotOpenItAgain() {
        given(BreakerTriggers.defaults());
        List<Watch> old = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            old.add(begin(false));
        }
        requests(10, Result.BAD);
        path();
        clock.passSeconds(30);
        path();
        close();

        old.forEach(watch -> watch.end(Result.BAD, clock.instant()));

        assertThat(path()).isEqualTo(Path.PODS);
    }

    @Test
    void withoutTargetsItNeverOpens() {
        breaker.settings(FallbackMode.AUTOMATIC, Optional.empty(), clock.instant());
        requests(100, Result.BAD);

        assertThat(breaker.path(clock.instant(), NO_PODS)).isEqualTo(Path.PODS);
    }

    @Test
    void aModeWinsWhileItIsThereAndTheBreakerBeginsAnewAfterwards() {
        BreakerRules rules = given(BreakerTriggers.defaults());
        Instant at = clock.instant();
        breaker.settings(FallbackMode.FORCE_FALLBACK, Optional.of(rules), at);
        assertThat(path()).isEqualTo(Path.PAST_THE_PODS);
        assertThat(breaker.snapshot().openedAt()).contains(at);
        breaker.settings(FallbackMode.FORCE_PRIMARY, Optional.of(rules), at);
        requests(100, Result.BAD);
        assertThat(breaker.path(at, NO_PODS)).isEqualTo(Path.PODS);

        breaker.settings(FallbackMode.AUTOMATIC, Optional.of(rules), at);

        assertThat(path()).isEqualTo(Path.PODS);
        assertThat(moves).containsExactly(BreakerPosition.OPEN, BreakerPosition.CLOSED, BreakerPosition.CLOSED);
    }

    @SuppressWarnings("UnusedReturnValue") // only one test goes on with them
    private BreakerRules given(@Nullable BreakerTriggers triggers) {
        BreakerRules rules = BreakerRules.of(Given.fallback(triggers, null, Given.vendor("vendor")));
        breaker.settings(FallbackMode.AUTOMATIC, Optional.of(rules), clock.instant());
        return rules;
    }

    private Path path() {
        return breaker.path(clock.instant(), WELL);
    }

    private Watch begin(boolean probe) {
        return breaker.begin(clock.instant(), probe, true);
    }

    private void requests(int count, Result result) {
        for (int i = 0; i < count; i++) {
            begin(false).end(result, clock.instant());
        }
    }

    private void close() {
        for (int probe = 0; probe < 3; probe++) {
            assertThat(path()).isEqualTo(Path.PROBE);
            Watch watch = begin(true);
            clock.pass(Duration.ofMillis(100));
            watch.firstToken(clock.instant());
            watch.end(Result.GOOD, clock.instant());
        }
    }
}
