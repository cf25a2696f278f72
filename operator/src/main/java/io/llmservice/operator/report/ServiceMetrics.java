package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What the status says of traffic, as gauges of each service. */
public final class ServiceMetrics {

    private final MeterRegistry meters;
    private final Map<String, LlmServiceStatus> last = new ConcurrentHashMap<>();

    public ServiceMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    public void show(LlmService service, LlmServiceStatus status) {
        if (last.put(key(service), status) == null) {
            gauge(
                    service,
                    "llmservice.breaker.open",
                    now -> Optional.ofNullable(now.breaker())
                                    .filter(breaker -> breaker.state() == BreakerPosition.OPEN)
                                    .isPresent()
                            ? 1
                            : 0);
            gauge(
                    service,
                    "llmservice.fallback.requests.today",
                    now -> Optional.ofNullable(now.fallback())
                            .map(fallback -> fallback.requests().doubleValue())
                            .orElse(0.0));
            gauge(
                    service,
                    "llmservice.fallback.tokens.today",
                    now -> Optional.ofNullable(now.fallback())
                            .map(fallback -> fallback.tokens().doubleValue())
                            .orElse(0.0));
            for (var type : ConditionType.values()) {
                gauge(
                        service,
                        "llmservice.condition",
                        now -> now.conditions().stream()
                                        .anyMatch(condition -> condition.type().equals(type.name())
                                                && condition.status().equals("True"))
                                ? 1
                                : 0,
                        "condition",
                        type.name());
            }
        }
    }

    /** A service that has gone has no figures. */
    public void forget(LlmService service) {
        if (last.remove(key(service)) != null) {
            meters.getMeters().stream()
                    .map(io.micrometer.core.instrument.Meter::getId)
                    .filter(id -> service.getMetadata().getName().equals(id.getTag("service"))
                            && service.getMetadata().getNamespace().equals(id.getTag("namespace"))
                            && id.getName().startsWith("llmservice."))
                    .toList()
                    .forEach(meters::remove);
        }
    }

    private void gauge(LlmService service, String name, ToDoubleFunction<LlmServiceStatus> value, String... more) {
        var key = key(service);
        Gauge.builder(
                        name,
                        last,
                        all -> Optional.ofNullable(all.get(key))
                                .map(status -> value.applyAsDouble(status))
                                .orElse(0.0))
                .tags(Tags.of(
                                "namespace",
                                service.getMetadata().getNamespace(),
                                "service",
                                service.getMetadata().getName())
                        .and(more))
                .register(meters);
    }

    private static String key(LlmService service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
    }
}
