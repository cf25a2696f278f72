package io.llmservice.gateway.route;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.GatewaySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the gateway knows of one service.
 *
 * @param key namespace and name
 * @param uid tells a service from its successor of the same name
 * @param model what clients send as {@code model}
 * @param created RFC 3339; of two services that claim one model name the older keeps it
 * @param mode the fallback mode in force, the annotation's if there is one
 * @param fallback where requests go while the pods cannot take them
 * @param gateway keys, limits, timeouts
 * @param pods in the order of their names
 * @param coldStartSeconds the plan's estimate from no node to the first token
 * @param reports what every replica of the gateway, this one too, last wrote into the service's status, by replica name
 * @param endpoints names of the SageMaker endpoints that the operator made, by the name of their target
 */
public record ServiceRoute(
        ServiceKey key,
        String uid,
        String model,
        String created,
        FallbackMode mode,
        Optional<FallbackSpec> fallback,
        GatewaySpec gateway,
        List<PodEndpoint> pods,
        int coldStartSeconds,
        Map<String, GatewayReport> reports,
        Map<String, String> endpoints) {

    public ServiceRoute {
        endpoints = Map.copyOf(endpoints);
        pods = List.copyOf(pods);
        reports = Map.copyOf(reports);
    }

    /** A service without endpoints that the operator made. */
    public ServiceRoute(
            ServiceKey key,
            String uid,
            String model,
            String created,
            FallbackMode mode,
            Optional<FallbackSpec> fallback,
            GatewaySpec gateway,
            List<PodEndpoint> pods,
            int coldStartSeconds,
            Map<String, GatewayReport> reports) {
        this(key, uid, model, created, mode, fallback, gateway, pods, coldStartSeconds, reports, Map.of());
    }

    /** The same service with other pods. */
    public ServiceRoute withPods(List<PodEndpoint> others) {
        return new ServiceRoute(
                key, uid, model, created, mode, fallback, gateway, others, coldStartSeconds, reports, endpoints);
    }

    /** Pods that may get new requests. */
    public List<PodEndpoint> serving() {
        return pods.stream().filter(PodEndpoint::serves).toList();
    }
}
