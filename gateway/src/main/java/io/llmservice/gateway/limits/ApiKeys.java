package io.llmservice.gateway.limits;

import io.llmservice.gateway.route.ServiceRoute;
import java.util.Map;
import java.util.Optional;

/** Where the API keys of a service are read. */
@FunctionalInterface
public interface ApiKeys {

    /** Id to key of a service that wants keys; empty if they cannot be read. The same map as long as nothing changed. */
    Optional<Map<String, String>> keys(ServiceRoute route);
}
