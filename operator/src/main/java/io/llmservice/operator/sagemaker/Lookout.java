package io.llmservice.operator.sagemaker;

import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.TargetState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at targets again and again, one look at a time for each, and remembers what was found. Asking never waits.
 */
final class Lookout implements AutoCloseable {

    private static final int MOST_DOUBLINGS = 7;

    private final SageMakerLook look;
    private final Pace pace;
    private final Consumer<Key> news;
    private final Map<Key, Watched> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    /**
     * @param news called when a look found something else than the one before
     */
    Lookout(SageMakerLook look, Pace pace, Consumer<Key> news) {
        this.look = look;
        this.pace = pace;
        this.news = news;
        this.threads = Executors.newScheduledThreadPool(
                pace.atOnce(),
                Thread.ofPlatform().name("sagemaker-", 0).daemon().factory());
    }

    /**
     * Which target of which service. A name that was a managed target's and is an existing endpoint's now is two: the
     * removal of the one may take longer than the first look at the other.
     */
    record Key(String namespace, String service, String target, boolean managed) {

        boolean isOf(String otherNamespace, String otherService) {
            return namespace.equals(otherNamespace) && service.equals(otherService);
        }
    }

    /**
     * How often to look.
     *
     * @param moving while something is under way
     * @param settled to notice what somebody else changed
     * @param refused after AWS refused, doubled while it does so
     * @param atOnce looks at the same time
     */
    record Pace(Duration moving, Duration settled, Duration refused, int atOnce) {

        /** A handful of calls a minute for each target: SageMaker allows about ten a second for all. */
        static final Pace STANDARD = new Pace(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(5), 4);
    }

    /** What was found last for this very task; a new task is looked at at once. */
    Optional<Found> ask(Key key, Task task) {
        return watched.computeIfAbsent(key, Watched::new).ask(task);
    }

    void forget(String namespace, String service) {
        watched.keySet().removeIf(key -> {
            if (!key.isOf(namespace, service)) {
                return false;
            }
            Optional.ofNullable(watched.get(key)).ifPresent(Watched::stop);
            return true;
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One target. */
    private final class Watched {

        private final Key key;
        private @Nullable Task task;
        private @Nullable Found found;
        private @Nullable ScheduledFuture<?> next;
        private boolean looking;
        private boolean stopped;
        private int refusals;

        Watched(Key key) {
            this.key = key;
        }

        synchronized Optional<Found> ask(Task wanted) {
            if (!wanted.equals(task)) {
                // What is known of the same endpoint stays known until the new look is done.
                if (task == null || !task.getClass().equals(wanted.getClass())) {
                    found = null;
                }
                task = wanted;
                refusals = 0;
                schedule(Duration.ZERO);
            }
            return Optional.ofNullable(found);
        }

        synchronized void stop() {
            stopped = true;
            if (next != null) {
                next.cancel(false);
            }
        }

        private void run() {
            Task current;
            synchronized (this) {
                if (looking || stopped || task == null) {
                    return;
                }
                looking = true;
                current = task;
            }
            Optional<Found> seen = Optional.empty();
            try {
                seen = Optional.of(look.look(key.target(), current));
            } finally {
                done(current, seen);
            }
        }

        private void done(Task looked, Optional<Found> seen) {
            boolean isNews;
            synchronized (this) {
                looking = false;
                if (stopped) {
                    return;
                }
                if (!looked.equals(task)) {
                    schedule(Duration.ZERO);
                    return;
                }
                var result = seen.map(this::softened);
                isNews = result.isPresent() && !result.get().equals(found);
                result.ifPresent(value -> found = value);
                refusals = result.map(value -> value.outcome() == Found.Outcome.REFUSED)
                                .orElse(true)
                        ? Math.min(refusals + 1, MOST_DOUBLINGS)
                        : 0;
                if (result.map(Found::outcome)
                        .filter(outcome -> outcome == Found.Outcome.GONE)
                        .isEmpty()) {
                    schedule(pause(result));
                }
            }
            if (isNews) {
                news.accept(key);
            }
        }

        /** AWS being busy says nothing against an endpoint that served a moment ago. */
        private Found softened(Found now) {
            boolean passing = now.state() instanceof TargetState.Unusable unusable
                    && (unusable.reason() == Reason.AwsThrottled || unusable.reason() == Reason.AwsUnavailable);
            boolean served = found != null && !(found.state() instanceof TargetState.Unusable);
            return passing && served
                    ? new Found(
                            new TargetState.NotVerified(
                                    key.target(),
                                    "it served when last looked at; "
                                            + now.state().words()),
                            now.endpointState(),
                            now.outcome())
                    : now;
        }

        private Duration pause(Optional<Found> result) {
            var outcome = result.map(Found::outcome).orElse(Found.Outcome.REFUSED);
            return switch (outcome) {
                case SETTLED, GONE -> pace.settled();
                case MOVING -> pace.moving();
                case REFUSED -> pace.refused().multipliedBy(1L << (refusals - 1));
            };
        }

        private void schedule(Duration pause) {
            if (next != null) {
                next.cancel(false);
            }
            if (!threads.isShutdown()) {
                next = threads.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
