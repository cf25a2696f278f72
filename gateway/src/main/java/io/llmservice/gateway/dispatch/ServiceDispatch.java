package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.choice.PrefixIndex;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Decides for every service: its mode, then its breaker, then the pods, then the targets within the budget. What it knows of
 * a service lives as long as the service does; a change of the spec takes effect on the next request.
 */
public final class ServiceDispatch implements Dispatch {

    private final Map<String, ServicePolicy> policies = new ConcurrentHashMap<>();
    private final Routes routes;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Budget budget;
    private final PrefixIndex prefixes;
    private final TransitionListener listener;

    /**
     * @param random used under several locks at once: it must be safe for use by several threads
     * @param prefixes one for all services, which bounds its memory
     * @param listener told of transitions only
     */
    public ServiceDispatch(
            Routes routes,
            InstantSource clock,
            RandomGenerator random,
            Budget budget,
            PrefixIndex prefixes,
            TransitionListener listener) {
        this.routes = routes;
        this.clock = clock;
        this.random = random;
        this.budget = budget;
        this.prefixes = prefixes;
        this.listener = listener;
        routes.listen(this::follow);
    }

    @Override
    public Next next(ServiceRoute route, Ask ask) {
        return policy(route).next(ask);
    }

    /** Lets time pass for services that nobody asks; to be called about once a second. */
    public void tick() {
        routes.table().services().forEach(route -> policy(route).tick());
    }

    /** Takes what a pod says of itself. */
    public void gauges(ServiceKey service, String podUid, PodGauges gauges) {
        find(service).ifPresent(policy -> policy.gauges(podUid, gauges));
    }

    /** Takes how many tokens a pod's KV cache holds (block size times blocks of vllm:cache_config_info). */
    public void cacheTokens(ServiceKey service, String podUid, long tokens) {
        find(service).ifPresent(policy -> policy.cacheTokens(podUid, tokens));
    }

    /** Where a service's breaker stands. */
    public BreakerSnapshot snapshot(ServiceRoute route) {
        return policy(route).snapshot();
    }

    /** Name of the target that a request of this service would go to first; empty if it may use none. */
    public Optional<String> firstTarget(ServiceRoute route) {
        return policy(route).firstTarget();
    }

    private Optional<ServicePolicy> find(ServiceKey service) {
        return routes.table().byKey(service).map(this::policy);
    }

    private ServicePolicy policy(ServiceRoute route) {
        return policies.computeIfAbsent(route.uid(), uid -> {
            Consumer<BreakerSnapshot> moved = snapshot -> listener.moved(route.key(), snapshot);
            var targets = new Targets(budget, random);
            return new ServicePolicy(() -> latest(route), clock, random, new Pods(prefixes), targets, moved);
        });
    }

    /** Who asks may hold a table that is older than what was decided on last; a service never goes back in time. */
    private ServiceRoute latest(ServiceRoute route) {
        return routes.table()
                .byKey(route.key())
                .filter(current -> current.uid().equals(route.uid()))
                .orElse(route);
    }

    private void follow(RouteTable table) {
        Set<String> uids = table.services().stream().map(ServiceRoute::uid).collect(Collectors.toSet());
        policies.entrySet().removeIf(entry -> {
            boolean gone = !uids.contains(entry.getKey());
            if (gone) {
                entry.getValue().forget();
            }
            return gone;
        });
        budget.retain(uids);
        table.services().forEach(route -> policy(route).tick());
    }
}
