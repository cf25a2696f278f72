package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.gateway.settings.GatewaySettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** How many replicas of the gateway are Ready now: what limits and budgets are shared out among. */
public final class LiveReplicas implements IntSupplier, AutoCloseable {

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final Watch<Pod> watch;

    private LiveReplicas(KubernetesClient client, GatewaySettings.Replica replica) {
        var pods = client.pods().inNamespace(replica.namespace()).withLabels(replica.selector());
        this.watch = Watch.start("replicas of the gateway", pods, Pod::new, this::present, this::gone);
    }

    public static LiveReplicas start(KubernetesClient client, GatewaySettings.Replica replica) {
        return new LiveReplicas(client, replica);
    }

    /** At least 1: whoever asks is there. */
    @Override
    public int getAsInt() {
        return Math.max(1, ready.size());
    }

    private void present(Pod pod) {
        boolean live = PodReader.isReady(pod.getStatus()) && pod.getMetadata().getDeletionTimestamp() == null;
        if (live) {
            ready.add(pod.getMetadata().getName());
        } else {
            ready.remove(pod.getMetadata().getName());
        }
    }

    private void gone(Pod pod) {
        ready.remove(pod.getMetadata().getName());
    }

    @Override
    public void close() {
        watch.close();
    }
}
