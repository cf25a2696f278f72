package io.llmservice.operator.metricsapi.pods;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks pods for their metrics in parallel within {@link ReadLimits}; queries for one pod at the same time share one read. */
public final class PodReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodReader.class);

    private final ReadLimits limits;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Semaphore permits;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final ConcurrentMap<PodTarget, CompletableFuture<Reading>> readings = new ConcurrentHashMap<>();

    public PodReader(ReadLimits limits, Clock clock, MeterRegistry meters) {
        this.limits = limits;
        this.clock = clock;
        this.meters = meters;
        this.permits = new Semaphore(limits.parallelReads(), true);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.perRead())
                .executor(executor)
                .build();
    }

    /** The answers that came in time; pods that failed or are still silent are left out. Blocks at most the request's deadline. */
    public Map<PodTarget, Reading.Answered> read(List<PodTarget> targets) {
        readings.values().removeIf(this::isStale);
        Map<PodTarget, CompletableFuture<Reading>> asked = HashMap.newHashMap(targets.size());
        targets.forEach(target -> asked.put(target, ask(target)));
        long deadline = System.nanoTime() + limits.perRequest().toNanos();
        Map<PodTarget, Reading.Answered> answers = new HashMap<>();
        asked.forEach((target, reading) -> {
            if (await(reading, deadline) instanceof Reading.Answered answered) {
                answers.put(target, answered);
            }
        });
        return answers;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        http.shutdownNow();
    }

    private CompletableFuture<Reading> ask(PodTarget target) {
        return readings.compute(target, (key, known) -> known == null || isStale(known) ? begin(key) : known);
    }

    private CompletableFuture<Reading> begin(PodTarget target) {
        return CompletableFuture.supplyAsync(() -> readWithPermit(target), executor);
    }

    private boolean isStale(CompletableFuture<Reading> reading) {
        if (!reading.isDone()) {
            return false;
        }
        Duration age = Duration.between(reading.join().at(), clock.instant());
        return age.isNegative() || age.compareTo(limits.cacheFor()) >= 0;
    }

    private Reading await(CompletableFuture<Reading> reading, long deadline) {
        try {
            return reading.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(Reading.Failure.TIMEOUT);
        } catch (TimeoutException | ExecutionException late) {
            return failed(Reading.Failure.TIMEOUT);
        }
    }

    private Reading readWithPermit(PodTarget target) {
        Reading reading = failed(Reading.Failure.SATURATED);
        try {
            if (permits.tryAcquire(limits.perRequest().toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    reading = readNow(target);
                } finally {
                    permits.release();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        count(target, reading);
        return reading;
    }

    private Reading readNow(PodTarget target) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target.metricsUri())
                .timeout(limits.perRead())
                .header("Accept", "text/plain;version=0.0.4")
                .build();
        CompletableFuture<HttpResponse<List<Sample>>> response =
                http.sendAsync(request, head -> new GaugeBody(head.statusCode(), limits.maxBytes()));
        try {
            // The request's own timeout ends with the response's head, so the body needs this one.
            List<Sample> samples = response.get(limits.perRead().toNanos(), TimeUnit.NANOSECONDS)
                    .body();
            return new Reading.Answered(clock.instant(), samples);
        } catch (TimeoutException late) {
            response.cancel(true);
            return failed(Reading.Failure.TIMEOUT);
        } catch (ExecutionException failure) {
            return failed(reason(failure.getCause()));
        }
    }

    private static Reading.Failure reason(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> Reading.Failure.UNREACHABLE;
            case HttpTimeoutException ignored -> Reading.Failure.TIMEOUT;
            case UnusableMetricsException unusable -> unusable.failure();
            default -> cause.getCause() instanceof IOException nested ? reason(nested) : Reading.Failure.UNREACHABLE;
        };
    }

    private Reading failed(Reading.Failure failure) {
        Instant now = clock.instant();
        return new Reading.Failed(now, failure);
    }

    private void count(PodTarget target, Reading reading) {
        String outcome = switch (reading) {
            case Reading.Answered ignored -> "ok";
            case Reading.Failed failed -> failed.failure().label();
        };
        Counter.builder("llmservice.metricsapi.pod.reads")
                .description("Reads of a model server's own metrics on behalf of the custom metrics API")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
        if (reading instanceof Reading.Failed) {
            LOG.atDebug()
                    .addKeyValue("namespace", target.namespace())
                    .addKeyValue("pod", target.name())
                    .addKeyValue("outcome", outcome)
                    .log("A pod's metrics could not be read");
        }
    }
}
