package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmservice.api.v1alpha1.PodMonitorMode;
import io.llmservice.planner.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The PodMonitor: tells a Prometheus of the Prometheus operator to scrape the engine. */
public final class ServingPodMonitor {

    private ServingPodMonitor() {}

    /** Absent where the spec disables it. */
    public static Optional<GenericKubernetesResource> desired(ChildContext context) {
        var monitoring = context.spec().monitoring();
        if (monitoring.podMonitor() == PodMonitorMode.DISABLED) {
            return Optional.empty();
        }
        var metadata = context.namespaced(context.identity().name(), "monitoring");
        monitoring.podMonitorLabels().forEach(metadata.getLabels()::putIfAbsent);
        return Optional.of(CustomKinds.POD_MONITOR.resource(
                metadata,
                Map.of(
                        "selector", Map.of("matchLabels", Labels.selector(context.identity())),
                        "podMetricsEndpoints",
                                List.of(Map.of(
                                        "port", ChildContext.PORT_NAME, "path", "/metrics", "interval", "15s")))));
    }
}
