package io.llmservice.gateway.choice;

import java.time.Duration;
import java.time.Instant;

/** Whether a pod may be asked, from what it did; each state's methods return the states that may follow it. */
public sealed interface PodHealth {

    /** How long a pod is left out the first time; doubled with each further time up to 32 times. */
    Duration FIRST = Duration.ofSeconds(10);

    int MAX_DOUBLINGS = 5;

    /**
     * Asked like the others.
     *
     * @param failures how many in a row
     * @param times how often it was left out without an answer in between
     */
    record In(int failures, int times) implements PodHealth {

        public static final In NEW = new In(0, 0);

        public In answered() {
            return NEW;
        }

        public In failed() {
            return new In(failures + 1, times);
        }

        public Out leaveOut(Instant now) {
            return Out.until(now, times);
        }
    }

    /**
     * Left out.
     *
     * @param until when one request may try it again
     * @param times how often so far
     */
    record Out(Instant until, int times) implements PodHealth {

        private static Out until(Instant now, int times) {
            return new Out(now.plus(FIRST.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS))), times + 1);
        }

        public boolean due(Instant now) {
            return !now.isBefore(until);
        }

        public Trial tryAgain(Instant now) {
            return new Trial(now, times);
        }

        /** Answered something it was sent before. */
        public In answered() {
            return In.NEW;
        }
    }

    /**
     * One request tries it again; nothing else goes there.
     *
     * @param since when
     * @param times how often it was left out so far
     */
    record Trial(Instant since, int times) implements PodHealth {

        public In answered() {
            return In.NEW;
        }

        public Out failed(Instant now) {
            return Out.until(now, times);
        }

        /** The trial said nothing of the pod: the next request is one. */
        public Out abandoned(Instant now) {
            return new Out(now, times);
        }
    }
}
