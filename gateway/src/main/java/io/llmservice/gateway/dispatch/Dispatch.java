package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.route.ServiceRoute;

/** Decides where each attempt of a request goes, and learns from how it went. Safe for use by several threads. */
public interface Dispatch {

    /** Decides on the next attempt. Whoever gets an {@link Attempt} must end it, exactly once. */
    Next next(ServiceRoute route, Ask ask);
}
