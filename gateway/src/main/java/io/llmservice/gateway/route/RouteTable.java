package io.llmservice.gateway.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every service at one moment, by key and by model name. */
public final class RouteTable {

    private static final Comparator<ServiceRoute> OLDEST_FIRST =
            Comparator.comparing(ServiceRoute::created).thenComparing(ServiceRoute::uid);

    private final Map<ServiceKey, ServiceRoute> services;
    private final Map<String, ServiceRoute> models;

    private RouteTable(Map<ServiceKey, ServiceRoute> services, Map<String, ServiceRoute> models) {
        this.services = services;
        this.models = models;
    }

    /** A table of these services; of those that claim one model name the oldest keeps it. */
    public static RouteTable of(Collection<ServiceRoute> routes) {
        var services = new TreeMap<ServiceKey, ServiceRoute>();
        var models = new HashMap<String, ServiceRoute>();
        routes.stream().sorted(OLDEST_FIRST).forEach(route -> {
            services.put(route.key(), route);
            models.putIfAbsent(route.model(), route);
        });
        return new RouteTable(services, models);
    }

    public Optional<ServiceRoute> byModel(String model) {
        return Optional.ofNullable(models.get(model));
    }

    public Optional<ServiceRoute> byKey(ServiceKey key) {
        return Optional.ofNullable(services.get(key));
    }

    /** In the order of their keys. */
    public List<ServiceRoute> services() {
        return List.copyOf(services.values());
    }
}
