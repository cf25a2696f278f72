package io.llmservice.gateway.cluster;

import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every pod that serves for its gauges, over and over. What cannot be read is left out: whoever uses gauges sees by
 * their time how old they are.
 */
public final class PodGaugePoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodGaugePoller.class);

    private final Routes routes;
    private final GaugeSink sink;
    private final Bounds bounds;
    private final InstantSource clock;
    private final Semaphore permits;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gauges").daemon().factory());
    private final HttpClient http;

    /**
     * How often and how much.
     *
     * @param interval from one reading of a pod to the next
     * @param deadline for one reading, from connecting to the last byte
     * @param parallel readings under way at once
     * @param maxBytes longest text that is read; vLLM's own is some 100 KB
     */
    public record Bounds(Duration interval, Duration deadline, int parallel, long maxBytes) {

        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(1), Duration.ofMillis(900), 64, 4L << 20);
    }

    private PodGaugePoller(Routes routes, GaugeSink sink, Bounds bounds, InstantSource clock) {
        this.routes = routes;
        this.sink = sink;
        this.bounds = bounds;
        this.clock = clock;
        this.permits = new Semaphore(bounds.parallel(), true);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(bounds.deadline())
                .executor(readers)
                .build();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the executor
    public static PodGaugePoller start(Routes routes, GaugeSink sink, Bounds bounds, InstantSource clock) {
        var started = new PodGaugePoller(routes, sink, bounds, clock);
        started.ticks.scheduleAtFixedRate(started::askAll, 0, bounds.interval().toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    private void askAll() {
        for (var service : routes.table().services()) {
            for (var pod : service.serving()) {
                if (underWay.add(pod.uid())) {
                    ask(service.key(), pod);
                }
            }
        }
    }

    private void ask(ServiceKey service, PodEndpoint pod) {
        try {
            readers.execute(() -> {
                try {
                    read(service, pod).ifPresent(reading -> tell(service, pod, reading));
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                } finally {
                    underWay.remove(pod.uid());
                }
            });
        } catch (RejectedExecutionException closed) {
            underWay.remove(pod.uid());
        }
    }

    private void tell(ServiceKey service, PodEndpoint pod, Reading reading) {
        sink.accept(service, pod.uid(), reading.gauges());
        reading.cacheTokens().ifPresent(tokens -> sink.cacheTokens(service, pod.uid(), tokens));
    }

    private Optional<Reading> read(ServiceKey service, PodEndpoint pod) throws InterruptedException {
        permits.acquire();
        try {
            return fetch(pod);
        } catch (IOException failure) {
            LOG.atDebug()
                    .addKeyValue("service", service)
                    .addKeyValue("pod", pod.name())
                    .addKeyValue("cause", String.valueOf(failure.getMessage()))
                    .log("Gauges of a pod could not be read");
            return Optional.empty();
        } finally {
            permits.release();
        }
    }

    private Optional<Reading> fetch(PodEndpoint pod) throws IOException, InterruptedException {
        var text = new GaugeText();
        var request = HttpRequest.newBuilder(uri(pod))
                .timeout(bounds.deadline())
                .header("Accept", "text/plain;version=0.0.4")
                .build();
        // The request's own timeout ends with the response's head, so the body needs the one below.
        var response = http.sendAsync(
                request, HttpResponse.BodyHandlers.ofByteArrayConsumer(new Bounded(text, bounds.maxBytes())));
        try {
            var status = response.get(bounds.deadline().toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode();
            return status == 200
                    ? text.finish(clock.instant()).map(gauges -> new Reading(gauges, text.cacheTokens()))
                    : Optional.empty();
        } catch (TimeoutException late) {
            response.cancel(true);
            throw new IOException("no answer in time", late);
        } catch (ExecutionException failure) {
            throw new IOException(String.valueOf(failure.getCause()), failure);
        }
    }

    private static URI uri(PodEndpoint pod) {
        var host = pod.host().contains(":") ? "[" + pod.host() + "]" : pod.host();
        return URI.create("http://" + host + ":" + pod.port() + "/metrics");
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        readers.shutdownNow();
        http.shutdownNow();
    }

    private record Reading(PodGauges gauges, OptionalLong cacheTokens) {}

    /** Hands bytes on until there are too many. */
    private static final class Bounded implements java.util.function.Consumer<Optional<byte[]>> {

        private final GaugeText text;
        private long left;

        Bounded(GaugeText text, long maxBytes) {
            this.text = text;
            this.left = maxBytes;
        }

        /** @throws IllegalStateException at the first byte too many, which ends the reading */
        @Override
        public void accept(Optional<byte[]> chunk) {
            chunk.ifPresent(bytes -> {
                left -= bytes.length;
                if (left < 0) {
                    throw new IllegalStateException("too many bytes");
                }
                text.accept(bytes);
            });
        }
    }
}
