package io.llmservice.gateway.limits;

import io.llmservice.api.v1alpha1.LimitsSpec;
import io.llmservice.api.v1alpha1.RateLimits;
import io.llmservice.gateway.limits.Meter.Exceeded;
import io.llmservice.gateway.request.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients of one service have used: all together, and each key. Safe for several threads. */
final class ServiceLimits {

    private static final String SERVICE = "";

    private final Map<String, Meter> meters = new HashMap<>();
    private @Nullable KeyRing ring;

    /** The keys as hashes, made anew when the keys are others. */
    synchronized KeyRing ring(Map<String, String> keys) {
        KeyRing known = ring;
        if (known == null || !known.madeOf(keys)) {
            known = new KeyRing(keys);
            ring = known;
        }
        return known;
    }

    /** Takes from all limits that hold for the request, or from none. */
    synchronized Grant take(LimitsSpec spec, Optional<String> key, Request request, int replicas, Instant now) {
        List<Meter> held = new ArrayList<>();
        if (spec.perService() != null) {
            held.add(meter(SERVICE, "this model", spec.perService(), replicas, now));
        }
        key.ifPresent(id -> {
            RateLimits limits = spec.keys().getOrDefault(id, spec.perKey());
            if (limits != null) {
                held.add(meter("key " + id, "API key " + id, limits, replicas, now));
            }
        });
        for (Meter meter : held) {
            Optional<Exceeded> exceeded = meter.exceeded(request.stream(), request.estimate());
            if (exceeded.isPresent()) {
                return new Grant.No(exceeded.get());
            }
        }
        held.forEach(meter -> meter.take(request.stream(), request.estimate()));
        return new Grant.Yes(held);
    }

    synchronized void settle(List<Meter> held, Request request, Usage usage) {
        held.forEach(meter -> meter.settle(request.stream(), request.estimate(), usage.total()));
    }

    private Meter meter(String name, String whose, RateLimits limits, int replicas, Instant now) {
        if (!meters.containsKey(name)) {
            meters.values().removeIf(meter -> meter.idle(now));
        }
        Meter meter = meters.computeIfAbsent(name, each -> new Meter(whose, limits, replicas, now));
        meter.refresh(limits, replicas, now);
        return meter;
    }

    /**
     * What counts of a request.
     *
     * @param estimate tokens that it may use
     */
    record Request(boolean stream, long estimate) {}

    /** Whether there was room. */
    sealed interface Grant {

        /** There was, in these. */
        record Yes(List<Meter> held) implements Grant {}

        /** There was none. */
        record No(Exceeded exceeded) implements Grant {}
    }
}
