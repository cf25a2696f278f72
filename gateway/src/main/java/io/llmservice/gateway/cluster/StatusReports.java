package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this replica's entry in each service's status as it should be: a transition at once, spending every few seconds,
 * and no write at all while nothing changes. What cannot be written is tried again, ever more slowly.
 */
public final class StatusReports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

    private final Routes routes;
    private final ReportWriter writer;
    private final String replica;
    private final Function<ServiceKey, Optional<GatewayReport>> reports;
    private final Rhythm rhythm;
    private final ScheduledExecutorService lane = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("status reports").daemon().factory());

    /** Services with a transition that waits for its write; guarded by itself. */
    private final Set<ServiceKey> due = new LinkedHashSet<>();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** What was written last, by the uid of the service. As all below, for the lane's thread only. */
    private final Map<String, Last> written = new HashMap<>();

    private int round;
    private int failures;

    private record Last(Optional<GatewayReport> report, int round) {}

    /**
     * How often it writes.
     *
     * @param debounce from a transition to its write, so that what happens together is written together
     * @param spending from one write of what was spent to the next
     * @param longestPause between tries while the API server is away
     */
    public record Rhythm(Duration debounce, Duration spending, Duration longestPause) {

        public static final Rhythm DEFAULT =
                new Rhythm(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private StatusReports(
            Routes routes,
            ReportWriter writer,
            String replica,
            Function<ServiceKey, Optional<GatewayReport>> reports,
            Rhythm rhythm) {
        this.routes = routes;
        this.writer = writer;
        this.replica = replica;
        this.reports = reports;
        this.rhythm = rhythm;
    }

    /**
     * Starts writing.
     *
     * @param replica name of this replica's pod
     * @param reports what this replica has to say of a service now; called on a thread of this class
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the executor
    public static StatusReports start(
            KubernetesClient client,
            Routes routes,
            String replica,
            Function<ServiceKey, Optional<GatewayReport>> reports,
            Rhythm rhythm) {
        var started = new StatusReports(routes, new ReportWriter(client, replica), replica, reports, rhythm);
        started.lane.scheduleWithFixedDelay(
                () -> started.guarded(started::writeAll),
                rhythm.spending().toMillis(),
                rhythm.spending().toMillis(),
                TimeUnit.MILLISECONDS);
        return started;
    }

    /** The breaker of a service has changed its position. May be called from any thread; returns at once. */
    public void changed(ServiceKey service) {
        synchronized (due) {
            due.add(service);
        }
        if (scheduled.compareAndSet(false, true)) {
            schedule(
                    () -> {
                        scheduled.set(false);
                        writeDue();
                    },
                    rhythm.debounce());
        }
    }

    private void writeDue() {
        Set<ServiceKey> now;
        synchronized (due) {
            now = Set.copyOf(due);
            due.clear();
        }
        var table = routes.table();
        bringUpToDate(
                now.stream().sorted().flatMap(key -> table.byKey(key).stream()).toList());
    }

    private void writeAll() {
        round++;
        var services = routes.table().services();
        written.keySet().retainAll(services.stream().map(ServiceRoute::uid).toList());
        bringUpToDate(services);
    }

    /** Stops at the first write that the API server does not answer: the others would only wait for it too. */
    private void bringUpToDate(List<ServiceRoute> services) {
        for (int next = 0; next < services.size(); next++) {
            if (!isUpToDate(services.get(next))) {
                retry(services.subList(next, services.size()));
                return;
            }
        }
    }

    private boolean isUpToDate(ServiceRoute service) {
        var wanted = reports.apply(service.key());
        if (wanted.equals(Optional.ofNullable(service.reports().get(replica))) || isOnItsWay(service, wanted)) {
            return true;
        }
        if (writer.write(service, wanted) == ReportWriter.Written.UNANSWERED) {
            return false;
        }
        failures = 0;
        written.put(service.uid(), new Last(wanted, round));
        return true;
    }

    /** The watch tells of a write a moment later. What it has not told of by the next round but one was lost. */
    private boolean isOnItsWay(ServiceRoute service, Optional<GatewayReport> wanted) {
        var last = written.get(service.uid());
        return last != null && last.report().equals(wanted) && round - last.round() < 2;
    }

    private void retry(List<ServiceRoute> services) {
        synchronized (due) {
            services.forEach(service -> due.add(service.key()));
        }
        failures = Math.min(failures + 1, 20);
        var pause = rhythm.debounce().multipliedBy(1L << failures);
        schedule(this::writeDue, pause.compareTo(rhythm.longestPause()) < 0 ? pause : rhythm.longestPause());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task says itself what went wrong
    private void schedule(Runnable task, Duration delay) {
        try {
            lane.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // Nothing more is written once the gateway ends.
        }
    }

    /** The outermost edge of this class's thread: one failure must not be the end of all reports. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Reports could not be written");
        }
    }

    /** Writes what changed since, then ends. */
    @Override
    public void close() {
        lane.execute(() -> guarded(this::writeAll));
        lane.shutdown();
        try {
            lane.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lane.shutdownNow();
    }
}
