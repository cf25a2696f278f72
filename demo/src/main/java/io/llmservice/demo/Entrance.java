package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Where clients ask: the gateway's one address, or any ready pod where there is no gateway. */
final class Entrance {

    private static final int POD_PORT = 8000;

    private final Cluster cluster;
    private final Optional<URI> gateway;

    Entrance(Cluster cluster, Optional<URI> gateway) {
        this.cluster = cluster;
        this.gateway = gateway;
    }

    boolean isGateway() {
        return gateway.isPresent();
    }

    /** Empty while no pod is ready and there is no gateway. */
    Optional<URI> address() {
        return gateway.or(this::anyPod);
    }

    private Optional<URI> anyPod() {
        var ready = cluster.readyPods();
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(uri(ready.get(ThreadLocalRandom.current().nextInt(ready.size()))));
    }

    private static URI uri(Pod pod) {
        return URI.create("http://" + pod.getStatus().getPodIP() + ":" + POD_PORT);
    }
}
