package io.llmservice.gateway.cluster;

import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins services and pods as they come, in whatever order, and makes tables of them. What did not change is the same object
 * in the next table. For one thread.
 */
final class RouteIndex {

    private final Map<ServiceKey, ServiceRoute> services = new HashMap<>();
    private final Map<ServiceKey, TreeMap<String, PodEndpoint>> pods = new HashMap<>();
    private final Map<PodId, ServiceKey> owners = new HashMap<>();
    private final Map<ServiceKey, ServiceRoute> joined = new HashMap<>();
    private final Set<ServiceKey> changed = new HashSet<>();

    void putService(ServiceRoute service) {
        if (!service.equals(services.put(service.key(), service))) {
            changed.add(service.key());
        }
    }

    void removeService(ServiceKey key) {
        services.remove(key);
        changed.add(key);
    }

    /** The pod as it is now; without an address it is none yet. */
    void putPod(ServiceKey service, String name, Optional<PodEndpoint> endpoint) {
        var id = new PodId(service.namespace(), name);
        if (endpoint.isEmpty() || !service.equals(owners.getOrDefault(id, service))) {
            removePod(service.namespace(), name);
        }
        endpoint.ifPresent(present -> {
            owners.put(id, service);
            var before = pods.computeIfAbsent(service, key -> new TreeMap<>()).put(name, present);
            if (!present.equals(before)) {
                changed.add(service);
            }
        });
    }

    void removePod(String namespace, String name) {
        var service = owners.remove(new PodId(namespace, name));
        if (service == null) {
            return;
        }
        changed.add(service);
        pods.computeIfPresent(service, (key, ofService) -> {
            ofService.remove(name);
            return ofService.isEmpty() ? null : ofService;
        });
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** Everything that is known now. */
    RouteTable table() {
        changed.forEach(this::join);
        changed.clear();
        return RouteTable.of(joined.values());
    }

    private void join(ServiceKey key) {
        var service = services.get(key);
        if (service == null) {
            joined.remove(key);
            return;
        }
        var ofService = pods.get(key);
        joined.put(key, service.withPods(ofService == null ? List.of() : List.copyOf(ofService.values())));
    }

    private record PodId(String namespace, String name) {}
}
