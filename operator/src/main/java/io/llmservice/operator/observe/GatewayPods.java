package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.llmservice.api.v1alpha1.LlmService;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which replicas of the gateway are there. A replica reports under the name of its pod. */
public final class GatewayPods {

    private final KubernetesClient client;
    private final String namespace;
    private volatile @Nullable InformerEventSource<Pod, LlmService> source;

    /**
     * @param namespace namespace that the gateway's pods run in
     */
    public GatewayPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Wakes the services that a pod reports on when it comes or goes. */
    InformerEventSource<Pod, LlmService> source(EventSourceContext<LlmService> context) {
        var configuration = InformerEventSourceConfiguration.from(Pod.class, LlmService.class)
                .withName("gateway-pods")
                .withNamespaces(Set.of(namespace))
                .withOnUpdateFilter((now, before) -> runs(now) != runs(before))
                .withPrimaryToSecondaryMapper((LlmService service) -> Set.<ResourceID>of())
                .withSecondaryToPrimaryMapper(
                        pod -> reportedBy(pod.getMetadata().getName(), context))
                .withItemStore(new OwnFieldsStore<Pod>())
                .build();
        var made = new InformerEventSource<>(configuration, context);
        source = made;
        return made;
    }

    /** Whether a replica is there, as far as the informer knows. */
    public boolean isLive(String replica) {
        var informer = source;
        return informer != null
                && informer.get(new ResourceID(replica, namespace))
                        .filter(GatewayPods::runs)
                        .isPresent();
    }

    /** Whether a replica is gone for certain: asked of the API server, because an informer may be late. */
    public boolean isGone(String replica) {
        return !isLive(replica)
                && Optional.ofNullable(client.pods()
                                .inNamespace(namespace)
                                .withName(replica)
                                .get())
                        .filter(GatewayPods::runs)
                        .isEmpty();
    }

    private static boolean runs(Pod pod) {
        var phase = pod.getStatus() == null
                ? ""
                : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
        return !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    private static Set<ResourceID> reportedBy(String replica, EventSourceContext<LlmService> context) {
        return context.getPrimaryCache()
                .list()
                .filter(service -> service.getStatus() != null
                        && service.getStatus().gateways().containsKey(replica))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
