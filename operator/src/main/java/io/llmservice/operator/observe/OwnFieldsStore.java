package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.llmservice.operator.apply.FieldManager;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's cache that keeps of {@code managedFields}, often half of an object, only what the operator itself
 * applied. The comparison before a write needs just that.
 */
@SuppressWarnings("NullAway") // the client's interface returns null for an absent item
public final class OwnFieldsStore<T extends HasMetadata> implements ItemStore<T> {

    private final ConcurrentHashMap<String, T> items = new ConcurrentHashMap<>();

    @Override
    public String getKey(T item) {
        return Cache.metaNamespaceKeyFunc(item);
    }

    @Override
    public @Nullable T put(String key, T item) {
        return items.put(key, reduced(item));
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

    private static <T extends HasMetadata> T reduced(T item) {
        var metadata = item.getMetadata();
        if (metadata != null && metadata.getManagedFields() != null) {
            metadata.setManagedFields(List.copyOf(metadata.getManagedFields().stream()
                    .filter(entry -> FieldManager.OPERATOR.equals(entry.getManager()))
                    .toList()));
        }
        return item;
    }
}
