package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's cache that keeps of each object only what tells it apart and whether it changed: what the gateway needs
 * of an object is taken from the event. A pod in full is some 10 KB; a large cluster has thousands.
 */
@SuppressWarnings("NullAway") // the client's interface returns null for an absent item
final class LeanStore<T extends HasMetadata> implements ItemStore<T> {

    private final ConcurrentHashMap<String, T> items = new ConcurrentHashMap<>();
    private final Supplier<T> empty;

    /** @param empty makes an object without anything in it */
    LeanStore(Supplier<T> empty) {
        this.empty = empty;
    }

    @Override
    public String getKey(T item) {
        return Cache.metaNamespaceKeyFunc(item);
    }

    @Override
    public @Nullable T put(String key, T item) {
        return items.put(key, identity(item));
    }

    @Override
    public @Nullable T remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return items.values().stream();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable T get(String key) {
        return items.get(key);
    }

    /** Makes the informer hand each object to its listeners as it came, and never what is kept here in its place. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private T identity(T item) {
        var metadata = item.getMetadata();
        var kept = empty.get();
        kept.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        return kept;
    }
}
