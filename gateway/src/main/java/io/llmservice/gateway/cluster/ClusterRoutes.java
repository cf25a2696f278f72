package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.gateway.route.Routes;
import io.llmservice.planner.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches LlmServices and their pods and swaps the table of routes whenever one changes. The first table is complete: until
 * everything there was at the start is known, there is none.
 */
public final class ClusterRoutes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRoutes.class);

    private final Routes routes;
    private final RouteIndex index = new RouteIndex();
    private final List<Watch<?>> watches = new ArrayList<>();
    /** Everything that touches the index. Events that come while a table is made are all in the next one. */
    private final ExecutorService lane = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("routes").daemon().factory());

    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean complete;

    private ClusterRoutes(Routes routes) {
        this.routes = routes;
    }

    /**
     * Starts watching; returns at once, whether the API server is there or not.
     *
     * @param namespaces where to look; empty means everywhere
     */
    public static ClusterRoutes start(KubernetesClient client, Set<String> namespaces, Routes routes) {
        var started = new ClusterRoutes(routes);
        if (namespaces.isEmpty()) {
            started.watchEverywhere(client);
        } else {
            namespaces.stream().sorted().forEach(namespace -> started.watch(client, namespace));
        }
        started.completeWhenSynced();
        return started;
    }

    /** Whether there has been a complete table. It stays true while the API server is away. */
    public boolean isReady() {
        return complete;
    }

    /** Whether the API server is being heard now, in all watches. */
    public boolean isWatching() {
        return watches.stream().allMatch(Watch::isWatching);
    }

    private void watchEverywhere(KubernetesClient client) {
        var services = client.genericKubernetesResources(LlmServices.CONTEXT).inAnyNamespace();
        var pods = client.pods().inAnyNamespace().withLabel(Labels.SERVICE);
        watches.add(
                Watch.start("LlmServices", services, GenericKubernetesResource::new, this::service, this::serviceGone));
        watches.add(Watch.start("pods", pods, Pod::new, this::pod, this::podGone));
    }

    private void watch(KubernetesClient client, String namespace) {
        var services = client.genericKubernetesResources(LlmServices.CONTEXT).inNamespace(namespace);
        var pods = client.pods().inNamespace(namespace).withLabel(Labels.SERVICE);
        watches.add(Watch.start(
                "LlmServices in " + namespace,
                services,
                GenericKubernetesResource::new,
                this::service,
                this::serviceGone));
        watches.add(Watch.start("pods in " + namespace, pods, Pod::new, this::pod, this::podGone));
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // a watch that never syncs leaves the gateway unready, and says so in the log
    private void completeWhenSynced() {
        allSynced(watches).thenRun(() -> on(() -> complete = true));
    }

    private static CompletableFuture<Void> allSynced(Collection<Watch<?>> watches) {
        return CompletableFuture.allOf(watches.stream()
                .map(watch -> watch.synced().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private void service(GenericKubernetesResource service) {
        on(() -> {
            try {
                index.putService(ServiceReader.read(service));
            } catch (IllegalArgumentException unreadable) {
                LOG.atWarn()
                        .addKeyValue("service", ServiceReader.key(service.getMetadata()))
                        .addKeyValue("cause", unreadable.getMessage())
                        .log("LlmService cannot be read; what was read of it last stays in force");
            }
        });
    }

    private void serviceGone(GenericKubernetesResource service) {
        on(() -> index.removeService(ServiceReader.key(service.getMetadata())));
    }

    private void pod(Pod pod) {
        var endpoint = PodReader.endpoint(pod);
        var name = pod.getMetadata().getName();
        PodReader.service(pod).ifPresent(service -> on(() -> index.putPod(service, name, endpoint)));
    }

    private void podGone(Pod pod) {
        var metadata = pod.getMetadata();
        on(() -> index.removePod(metadata.getNamespace(), metadata.getName()));
    }

    /** Runs a change, then makes a table unless further changes wait already. */
    private void on(Runnable change) {
        pending.incrementAndGet();
        try {
            lane.execute(() -> {
                change.run();
                if (pending.decrementAndGet() == 0 && complete && index.hasChanged()) {
                    routes.swap(index.table());
                }
            });
        } catch (RejectedExecutionException closed) {
            // An event of a watch that is being closed.
            pending.decrementAndGet();
        }
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        lane.shutdown();
    }
}
