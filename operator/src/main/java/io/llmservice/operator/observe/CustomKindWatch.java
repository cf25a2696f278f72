package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.llmservice.planner.children.CustomKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Watches for the CRDs of other projects, one watch for each name, and tells of each that can be used and each that has
 * gone. A cluster may get Karpenter after the operator.
 */
public final class CustomKindWatch implements AutoCloseable {

    private final List<SharedIndexInformer<CustomResourceDefinition>> informers = new ArrayList<>();
    private final Map<CustomKinds, Boolean> served = new EnumMap<>(CustomKinds.class);
    private final Listener listener;

    /** What is told of a kind. Called from the watches' threads, one kind at a time. */
    public interface Listener {

        void available(CustomKinds kind);

        void gone(CustomKinds kind);
    }

    public CustomKindWatch(Listener listener) {
        this.listener = listener;
    }

    /** Returns once the first answer for every kind is in. */
    public void start(KubernetesClient client) {
        for (var kind : CustomKinds.values()) {
            var informer = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(kind.crdName())
                    .inform(new Handler(kind));
            informers.add(informer);
        }
        CompletableFuture.allOf(informers.stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }

    private void seen(CustomKinds kind, boolean usable) {
        synchronized (served) {
            if (usable == served.getOrDefault(kind, false)) {
                return;
            }
            served.put(kind, usable);
            if (usable) {
                listener.available(kind);
            } else {
                listener.gone(kind);
            }
        }
    }

    private static boolean isEstablished(CustomResourceDefinition crd, CustomKinds kind) {
        return crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getMetadata().getDeletionTimestamp() == null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"))
                && crd.getSpec().getVersions().stream()
                        .anyMatch(version ->
                                version.getServed() && version.getName().equals(kind.version()));
    }

    /** The kinds that are not served now. */
    public List<CustomKinds> absent() {
        synchronized (served) {
            return Arrays.stream(CustomKinds.values())
                    .filter(kind -> !served.getOrDefault(kind, false))
                    .toList();
        }
    }

    private final class Handler implements ResourceEventHandler<CustomResourceDefinition> {

        private final CustomKinds kind;

        Handler(CustomKinds kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(CustomResourceDefinition crd) {
            seen(kind, isEstablished(crd, kind));
        }

        @Override
        public void onUpdate(CustomResourceDefinition before, CustomResourceDefinition now) {
            seen(kind, isEstablished(now, kind));
        }

        @Override
        public void onDelete(CustomResourceDefinition crd, boolean finalStateUnknown) {
            seen(kind, false);
        }
    }
}
