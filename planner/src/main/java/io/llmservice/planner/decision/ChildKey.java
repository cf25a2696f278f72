package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Objects;

/** Which object: kind and name; the namespace is empty for kinds outside namespaces. */
public record ChildKey(String apiVersion, String kind, String namespace, String name) implements Comparable<ChildKey> {

    private static final Comparator<ChildKey> ORDER = Comparator.comparing(ChildKey::kind)
            .thenComparing(ChildKey::name)
            .thenComparing(ChildKey::namespace)
            .thenComparing(ChildKey::apiVersion);

    public static ChildKey of(HasMetadata object) {
        return new ChildKey(
                object.getApiVersion(),
                object.getKind(),
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName());
    }

    @Override
    public int compareTo(ChildKey other) {
        return ORDER.compare(this, other);
    }
}
