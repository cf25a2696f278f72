package io.llmservice.gateway.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where a breaker stands; each state's methods return the states that may follow it, and no others. */
public sealed interface BreakerState {

    /** Openings in a row, without calm between them, after which the time it stays open no longer grows: 2³ times. */
    int MAX_LEVEL = 3;

    /**
     * Requests go to the pods.
     *
     * @param level how often in a row it had opened again without calm
     * @param since when it closed; empty if it was never open
     */
    record Closed(int level, Optional<Instant> since) implements BreakerState {

        static final Closed NEW = new Closed(0, Optional.empty());

        /** Opens because of what the pods did: the sooner after the last time, the longer. */
        Open open(Trip trip, Instant now, Duration openFor) {
            int next = since.map(closed -> calm(closed, now, openFor) ? 0 : Math.min(level + 1, MAX_LEVEL))
                    .orElse(0);
            return Open.until(trip, now, now, openFor, next);
        }

        /** Opens because there is no pod; a pod that is Ready is tried at once, so there is nothing to damp. */
        Open lost(Trip trip, Instant now) {
            return new Open(trip, now, Optional.empty(), level);
        }

        /** Closed for as long as the longest time that it stays open. */
        private static boolean calm(Instant closed, Instant now, Duration openFor) {
            return !now.isBefore(closed.plus(openFor.multipliedBy(1L << MAX_LEVEL)));
        }
    }

    /**
     * Requests go past the pods.
     *
     * @param trip why
     * @param openedAt since when; a failed probe does not change it
     * @param nextProbe when the pods are tried again; empty: as soon as one is Ready
     * @param level how often in a row it opened again without calm
     */
    record Open(Trip trip, Instant openedAt, Optional<Instant> nextProbe, int level) implements BreakerState {

        private static Open until(Trip trip, Instant openedAt, Instant now, Duration openFor, int level) {
            return new Open(trip, openedAt, Optional.of(now.plus(openFor.multipliedBy(1L << level))), level);
        }

        /** Whether the pods may be tried again. */
        boolean due(Instant now, int serving) {
            return serving > 0 && nextProbe.map(at -> !now.isBefore(at)).orElse(true);
        }

        HalfOpen tryPods() {
            return new HalfOpen(trip, openedAt, 0, false, level);
        }
    }

    /**
     * Single requests try the pods, one at a time; all others go past them.
     *
     * @param trip why it was open
     * @param openedAt since when
     * @param successes probes that succeeded, one after another
     * @param probing whether one is on its way
     * @param level how often in a row it opened again without calm
     */
    record HalfOpen(Trip trip, Instant openedAt, int successes, boolean probing, int level) implements BreakerState {

        /** Sends a probe; legal only while none is on its way. */
        HalfOpen probe() {
            if (probing) {
                throw new IllegalStateException("a probe is on its way already");
            }
            return new HalfOpen(trip, openedAt, successes, true, level);
        }

        /** The probe succeeded: closed after enough of them. */
        BreakerState succeeded(int needed, Instant now) {
            return successes + 1 >= needed
                    ? new Closed(level, Optional.of(now))
                    : new HalfOpen(trip, openedAt, successes + 1, false, level);
        }

        /** The probe said nothing of the pods. */
        HalfOpen abandoned() {
            return new HalfOpen(trip, openedAt, successes, false, level);
        }

        /** The probe failed. */
        Open failed(String why, Instant now, Duration openFor) {
            Trip again = new Trip(trip.cause(), why);
            return Open.until(again, openedAt, now, openFor, Math.min(level + 1, MAX_LEVEL));
        }

        /** The last pod went away. */
        Open lost(Trip none) {
            return new Open(none, openedAt, Optional.empty(), level);
        }
    }
}
