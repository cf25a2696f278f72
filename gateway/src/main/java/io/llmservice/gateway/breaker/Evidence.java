package io.llmservice.gateway.breaker;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What speaks for opening a closed breaker: failures, first tokens and full pods of the last while. */
final class Evidence {

    /** Fewer first tokens prove nothing. */
    private static final int MINIMUM_FIRST_TOKENS = 10;

    private final BreakerRules rules;
    private final SlidingCounts results;
    private final SlidingCounts firstTokens;
    private final Set<Watch> waiting = new LinkedHashSet<>();
    private int overdue;
    private @Nullable Instant fullSince;

    Evidence(BreakerRules rules) {
        this.rules = rules;
        results = new SlidingCounts(
                rules.errorRate().map(BreakerRules.ErrorRate::window).orElse(Duration.ofSeconds(30)));
        firstTokens = new SlidingCounts(
                rules.firstToken().map(BreakerRules.FirstToken::window).orElse(Duration.ofMinutes(1)));
    }

    /** A streamed attempt has begun. */
    void await(Watch watch) {
        if (rules.firstToken().isPresent()) {
            waiting.add(watch);
        }
    }

    /** A streamed attempt is no longer waiting: a token came, or it ended. Only what was slow counts if none came. */
    void awaited(Watch watch, Instant now, boolean token) {
        sweep(now);
        if (watch.overdue) {
            overdue--;
            watch.overdue = false;
            firstTokens.add(now, true);
        } else if (waiting.remove(watch) && token) {
            firstTokens.add(now, false);
        }
    }

    void result(Instant now, boolean bad) {
        results.add(now, bad);
    }

    /** Why the breaker should open, if it should. Asked often enough, it sees how long the pods have been full. */
    Optional<Trip> trip(Instant now, Conditions pods) {
        Optional<Trip> full = full(now, pods);
        return errors(now).or(() -> slow(now)).or(() -> full);
    }

    private Optional<Trip> errors(Instant now) {
        return rules.errorRate().flatMap(rule -> {
            long total = results.total(now);
            long bad = results.bad(now);
            return total >= rule.minimumRequests() && bad * 100 >= total * rule.percent()
                    ? trip(
                            Trip.Cause.ERROR_RATE,
                            String.format(
                                    Locale.ROOT,
                                    "%d of %d requests to the pods failed within %s; the bound is %d %%.",
                                    bad,
                                    total,
                                    text(rule.window()),
                                    rule.percent()))
                    : Optional.empty();
        });
    }

    private Optional<Trip> slow(Instant now) {
        return rules.firstToken().flatMap(rule -> {
            sweep(now);
            long total = firstTokens.total(now) + overdue;
            long bad = firstTokens.bad(now) + overdue;
            // The percentile is above the bound exactly when fewer than that share are within it.
            return total >= MINIMUM_FIRST_TOKENS && (total - bad) * 100 < total * rule.percentile()
                    ? trip(
                            Trip.Cause.TIME_TO_FIRST_TOKEN,
                            String.format(
                                    Locale.ROOT,
                                    "%d of the last %d first tokens took longer than %s or are still awaited; percentile %d is held to it.",
                                    bad,
                                    total,
                                    text(rule.above()),
                                    rule.percentile()))
                    : Optional.empty();
        });
    }

    private Optional<Trip> full(Instant now, Conditions pods) {
        return rules.saturation().flatMap(rule -> {
            boolean queues = pods.serving() > 0 && pods.waiting() >= (long) rule.waitingPerPod() * pods.serving();
            boolean caches = pods.waiting() > 0 && pods.leastCacheUse() * 100 >= rule.cachePercent();
            if (!queues && !caches) {
                fullSince = null;
                return Optional.empty();
            }
            Instant since = fullSince == null ? now : fullSince;
            fullSince = since;
            if (now.isBefore(since.plus(rule.sustainedFor()))) {
                return Optional.empty();
            }
            return queues
                    ? trip(
                            Trip.Cause.SATURATION,
                            String.format(
                                    Locale.ROOT,
                                    "%d requests have waited in %d pods for %s; the bound is %d per pod.",
                                    pods.waiting(),
                                    pods.serving(),
                                    text(rule.sustainedFor()),
                                    rule.waitingPerPod()))
                    : trip(
                            Trip.Cause.SATURATION,
                            String.format(
                                    Locale.ROOT,
                                    "Every pod's KV cache has been %d %% full, with requests waiting, for %s.",
                                    rule.cachePercent(),
                                    text(rule.sustainedFor())));
        });
    }

    /** Attempts are in the order of their beginnings, so this stops at the first that is young enough. */
    private void sweep(Instant now) {
        BreakerRules.@Nullable FirstToken rule = rules.firstToken().orElse(null);
        if (rule == null) {
            return;
        }
        Instant bound = now.minus(rule.above());
        for (Iterator<Watch> all = waiting.iterator(); all.hasNext(); ) {
            Watch watch = all.next();
            if (!watch.begun.isBefore(bound)) {
                return;
            }
            all.remove();
            watch.overdue = true;
            overdue++;
        }
    }

    private static Optional<Trip> trip(Trip.Cause cause, String reason) {
        return Optional.of(new Trip(cause, reason));
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
