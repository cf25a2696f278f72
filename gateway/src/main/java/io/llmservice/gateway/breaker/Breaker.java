package io.llmservice.gateway.breaker;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.gateway.breaker.BreakerState.Closed;
import io.llmservice.gateway.breaker.BreakerState.HalfOpen;
import io.llmservice.gateway.breaker.BreakerState.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one service. Without rules, that is without targets, and in a mode that forces one way it stands
 * where that way is and begins anew afterwards. Not safe for several threads: its service's lock guards it.
 */
public final class Breaker {

    private static final Trip NO_POD =
            new Trip(Trip.Cause.NO_READY_REPLICAS, "No pod is Ready; the first that is will be tried at once.");
    private static final BreakerRules NO_RULES = new BreakerRules(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new BreakerRules.Recovery(Duration.ofSeconds(30), 3, Duration.ofSeconds(60)));

    private final Consumer<BreakerSnapshot> listener;
    private FallbackMode mode = FallbackMode.AUTOMATIC;
    private Optional<BreakerRules> rules = Optional.empty();
    private Instant forcedAt = Instant.EPOCH;
    private BreakerState state = Closed.NEW;
    private Evidence evidence = new Evidence(NO_RULES);
    private @Nullable Watch probe;
    private BreakerSnapshot told;

    /**
     * @param listener told where the breaker stands, whenever it moved and only then; on the thread that moved it
     */
    public Breaker(Consumer<BreakerSnapshot> listener) {
        this.listener = listener;
        told = snapshot();
    }

    /** Takes over mode and rules; no rules without targets. Does nothing if they are what they were. */
    public void settings(FallbackMode newMode, Optional<BreakerRules> newRules, Instant now) {
        if (newMode == mode && newRules.equals(rules)) {
            return;
        }
        boolean anew = newMode != mode || newRules.isEmpty();
        mode = newMode;
        rules = newRules;
        forcedAt = now;
        evidence = new Evidence(rules.orElse(NO_RULES));
        if (anew) {
            state = Closed.NEW;
            probe = null;
        }
        tell();
    }

    /** Where the next attempt may go; moves the breaker to where it should be by now. */
    public Path path(Instant now, Conditions pods) {
        switch (mode) {
            case FORCE_FALLBACK -> {
                return Path.PAST_THE_PODS;
            }
            case FORCE_PRIMARY, DISABLED -> {
                return Path.PODS;
            }
            case AUTOMATIC -> rules.ifPresent(known -> move(known, now, pods));
        }
        return switch (state) {
            case Closed closed -> Path.PODS;
            case Open open -> Path.PAST_THE_PODS;
            case HalfOpen half -> half.probing() ? Path.PAST_THE_PODS : Path.PROBE;
        };
    }

    /**
     * An attempt at a pod begins.
     *
     * @param asProbe whether it is the probe that {@link #path} allowed just now
     * @param streamed whether the client gets tokens as they come; only then is the time to the first a measure
     */
    public Watch begin(Instant now, boolean asProbe, boolean streamed) {
        var watch = new Watch(this, evidence, now, asProbe, streamed);
        if (streamed) {
            evidence.await(watch);
        }
        if (asProbe && state instanceof HalfOpen half) {
            state = half.probe();
            probe = watch;
        }
        return watch;
    }

    /** What a probe came to; one that the breaker no longer waits for is ignored. */
    void probed(Watch watch, Watch.Result result, Instant now) {
        if (watch != probe || !(state instanceof HalfOpen half)) {
            return;
        }
        BreakerRules known = rules.orElse(NO_RULES);
        probe = null;
        state = switch (result) {
            case GOOD -> half.succeeded(known.recovery().probes(), now);
            case BAD ->
                half.failed(
                        "A request that tried the pods again failed.",
                        now,
                        known.recovery().openFor());
            case FULL ->
                half.failed(
                        "A request that tried the pods again found them full.",
                        now,
                        known.recovery().openFor());
            case UNKNOWN -> half.abandoned();
        };
        if (state instanceof Closed) {
            evidence = new Evidence(known);
        }
        tell();
    }

    private void move(BreakerRules known, Instant now, Conditions pods) {
        boolean none = known.noReadyReplicas() && pods.serving() == 0;
        switch (state) {
            case Closed closed -> {
                if (none) {
                    state = closed.lost(NO_POD, now);
                } else {
                    evidence.trip(now, pods)
                            .ifPresent(trip -> state =
                                    closed.open(trip, now, known.recovery().openFor()));
                }
            }
            case Open open -> {
                if (open.due(now, pods.serving())) {
                    state = open.tryPods();
                }
            }
            case HalfOpen half -> {
                if (none) {
                    state = half.lost(NO_POD);
                    probe = null;
                } else {
                    expire(half, known, now);
                }
            }
        }
        tell();
    }

    /** A streamed probe without a token has failed; one that is not streamed ends by the request's own timeout. */
    private void expire(HalfOpen half, BreakerRules known, Instant now) {
        if (probe != null
                && probe.streamed
                && probe.begun.plus(known.recovery().probeTimeout()).isBefore(now)) {
            probe = null;
            state = half.failed(
                    "A request that tried the pods again got no token in time.",
                    now,
                    known.recovery().openFor());
        }
    }

    private void tell() {
        BreakerSnapshot now = snapshot();
        if (now.position() != told.position() || !now.word().equals(told.word())) {
            told = now;
            listener.accept(now);
        }
    }

    /** Where it stands. */
    public BreakerSnapshot snapshot() {
        return BreakerSnapshot.of(mode, state, forcedAt);
    }

    /** Where an attempt may go. */
    public enum Path {
        PODS,
        /** To a pod, as the only probe; the others go past the pods. */
        PROBE,
        PAST_THE_PODS
    }
}
