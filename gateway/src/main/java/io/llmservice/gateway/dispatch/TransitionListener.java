package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.route.ServiceKey;

/** Told when a service's breaker has moved, under that service's lock: it must return at once. */
@FunctionalInterface
public interface TransitionListener {

    /** The breaker of this service stands elsewhere now. */
    void moved(ServiceKey service, BreakerSnapshot snapshot);
}
