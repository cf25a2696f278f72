package io.llmservice.gateway.metrics;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.route.ServiceRoute;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times requests. Safe for use by several threads. */
public final class GatewayMeters {

    private static final Duration[] FIRST_TOKEN =
            durations(10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000);
    private static final Duration[] BETWEEN = durations(1, 5, 10, 20, 30, 50, 75, 100, 200, 500, 1000, 5000);

    private final MeterRegistry registry;
    private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

    public GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A request that no upstream answered: kept out, or nobody could take it. */
    public void refused(ServiceRoute route, int status) {
        requests(route, "none", "none", status);
    }

    /** One attempt has ended. */
    public void attempt(ServiceRoute route, String upstream, Outcome outcome) {
        Tags tags = tags(route, upstream).and("outcome", outcome.name().toLowerCase(Locale.ROOT));
        registry.counter("llmservice.gateway.attempts", tags).increment();
    }

    /** A stream's first event has come. */
    public void firstToken(ServiceRoute route, String upstream, long nanos) {
        timer("llmservice.gateway.time.to.first.token", FIRST_TOKEN, route, upstream)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An answer has ended. The time between tokens is the answer's mean, which costs nothing for each token. */
    public void answered(ServiceRoute route, String upstream, Optional<String> reason, AnswerFigures figures) {
        requests(route, upstream, reason.orElse("none"), figures.status());
        Tags tags = tags(route, upstream);
        registry.counter("llmservice.gateway.tokens", tags.and("direction", "input"))
                .increment((double) figures.usage().inputTokens());
        registry.counter("llmservice.gateway.tokens", tags.and("direction", "output"))
                .increment((double) figures.usage().outputTokens());
        if (figures.events() > 1) {
            timer("llmservice.gateway.inter.token.latency", BETWEEN, route, upstream)
                    .record(figures.streamedNanos() / (figures.events() - 1), TimeUnit.NANOSECONDS);
        }
    }

    private void requests(ServiceRoute route, String upstream, String reason, int status) {
        Tags tags = tags(route, upstream).and("reason", reason).and("status", Integer.toString(status));
        registry.counter("llmservice.gateway.requests", tags).increment();
    }

    private Timer timer(String name, Duration[] buckets, ServiceRoute route, String upstream) {
        return timers.computeIfAbsent(
                new TimerKey(name, route.key().toString(), upstream),
                key -> Timer.builder(name)
                        .tags(tags(route, upstream))
                        .serviceLevelObjectives(buckets)
                        .register(registry));
    }

    private static Tags tags(ServiceRoute route, String upstream) {
        return Tags.of(
                "namespace", route.key().namespace(), "service", route.key().name(), "upstream", upstream);
    }

    private static Duration[] durations(int... millis) {
        var all = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            all[i] = Duration.ofMillis(millis[i]);
        }
        return all;
    }

    private record TimerKey(String name, String service, String upstream) {}
}
