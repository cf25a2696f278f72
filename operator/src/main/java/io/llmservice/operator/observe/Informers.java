package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventSourceManager;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.children.CustomKinds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every informer of the operator. Those for other projects' kinds come and go with their CRDs, without a restart; each
 * coming and going wakes every service.
 */
public final class Informers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

    private static final long DISCOVERY_PAUSE_MILLIS = 250;

    private final Map<String, InformerEventSource<? extends HasMetadata, LlmService>> sources =
            new ConcurrentHashMap<>();
    private final CustomKindWatch watch = new CustomKindWatch(new Registration());
    private final ScheduledExecutorService registrations = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("kinds").factory());
    private final WakeAll wakeAll = new WakeAll();
    private volatile @Nullable EventSourceManager<LlmService> manager;

    private final GatewayPods gatewayPods;

    public Informers(GatewayPods gatewayPods) {
        this.gatewayPods = gatewayPods;
    }

    /** Learns which kinds the cluster knows; call it before the operator registers its event sources. */
    public void learnKinds(KubernetesClient client) {
        watch.start(client);
    }

    /** The event sources that the reconciler starts with. */
    public List<EventSource<?, LlmService>> initial(EventSourceContext<LlmService> context) {
        OwnedKinds.builtIn(context).forEach(source -> sources.put(source.name(), source));
        for (var kind : EnumSet.complementOf(absentSet())) {
            sources.put(kind.crdName(), OwnedKinds.custom(kind, context));
        }
        var all = new ArrayList<EventSource<?, LlmService>>(sources.values());
        all.add(Siblings.source(context));
        all.add(gatewayPods.source(context));
        all.add(wakeAll);
        return all;
    }

    /** From now on kinds are registered as they come. */
    public void attach(EventSourceManager<LlmService> eventSources) {
        manager = eventSources;
    }

    /** Kinds for which there is no informer, because the cluster does not know them. */
    public Set<CustomKinds> absentKinds() {
        var absent = EnumSet.allOf(CustomKinds.class);
        absent.removeIf(kind -> sources.containsKey(kind.crdName()));
        return absent;
    }

    /** Runs one service again, for news that no watch tells. */
    public void wake(String namespace, String name) {
        wakeAll.wake(new ResourceID(name, namespace));
    }

    /** Cached objects of every kind that carry a service's labels. Whether they are its own is for the caller to see. */
    public Stream<HasMetadata> labelled(LlmService service) {
        return sources.values().stream().flatMap(source -> source.getSecondaryResources(service).stream());
    }

    /** Cached pods of the services of one namespace. */
    public Stream<Pod> pods(String namespace) {
        var source = sources.get(Pod.class.getSimpleName());
        return source == null
                ? Stream.empty()
                : source.list(namespace, object -> true)
                        .filter(Pod.class::isInstance)
                        .map(Pod.class::cast);
    }

    /** Whether every informer has its first answer and is still watching. */
    public boolean isReady() {
        return !sources.isEmpty()
                && sources.values().stream()
                        .allMatch(source -> source.getStatus() == io.javaoperatorsdk.operator.health.Status.HEALTHY);
    }

    @Override
    public void close() {
        watch.close();
        registrations.shutdownNow();
    }

    private EnumSet<CustomKinds> absentSet() {
        var absent = EnumSet.noneOf(CustomKinds.class);
        absent.addAll(watch.absent());
        return absent;
    }

    private final class Registration implements CustomKindWatch.Listener {

        @Override
        public void available(CustomKinds kind) {
            var eventSources = manager;
            if (eventSources != null) {
                registrations.execute(() -> register(kind, eventSources));
            }
        }

        @Override
        public void gone(CustomKinds kind) {
            var eventSources = manager;
            if (eventSources != null) {
                registrations.execute(() -> deregister(kind, eventSources));
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // runs again until discovery lists the kind
        private void register(CustomKinds kind, EventSourceManager<LlmService> eventSources) {
            if (sources.containsKey(kind.crdName()) || watch.absent().contains(kind)) {
                return;
            }
            try {
                var source = OwnedKinds.custom(kind, eventSources.eventSourceContextForDynamicRegistration());
                eventSources.dynamicallyRegisterEventSource(source);
                sources.put(kind.crdName(), source);
            } catch (KubernetesClientException e) {
                // A CRD is established a moment before discovery lists it.
                registrations.schedule(
                        () -> register(kind, eventSources), DISCOVERY_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            LOG.atInfo().addKeyValue("kind", kind.kind()).log("Kind has come to the cluster");
            wakeAll.wake(eventSources);
        }

        private void deregister(CustomKinds kind, EventSourceManager<LlmService> eventSources) {
            if (sources.remove(kind.crdName()) == null) {
                return;
            }
            eventSources.dynamicallyDeRegisterEventSource(kind.crdName());
            LOG.atInfo().addKeyValue("kind", kind.kind()).log("Kind has gone from the cluster");
            wakeAll.wake(eventSources);
        }
    }

    /** Lets something that concerns all services run them all again. */
    private static final class WakeAll extends AbstractEventSource<Void, LlmService> {

        WakeAll() {
            super(Void.class, "kinds");
        }

        void wake(ResourceID service) {
            getEventHandler().handleEvent(new Event(service));
        }

        void wake(EventSourceManager<LlmService> eventSources) {
            eventSources
                    .getControllerEventSource()
                    .list()
                    .map(ResourceID::fromResource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }

        @Override
        public Set<Void> getSecondaryResources(LlmService primary) {
            return Set.of();
        }
    }
}
