package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One informer that never gives up: whatever happens to the API server, it keeps what it has and tries again. */
final class Watch<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String what;
    private final SharedIndexInformer<T> informer;
    private final CompletionStage<Void> synced;

    private Watch(String what, SharedIndexInformer<T> informer, CompletionStage<Void> synced) {
        this.what = what;
        this.informer = informer;
        this.synced = synced;
    }

    /**
     * Starts watching; returns at once.
     *
     * @param what the kind and where, for the log
     * @param empty makes an object without anything in it
     * @param present is told of each object that is there or has changed
     * @param gone is told of each object that is no more
     */
    static <T extends HasMetadata> Watch<T> start(
            String what, Informable<T> source, Supplier<T> empty, Consumer<T> present, Consumer<T> gone) {
        var informer = source.runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new LeanStore<>(empty))
                .exceptionHandler((started, failure) -> {
                    LOG.atWarn()
                            .addKeyValue("watch", what)
                            .addKeyValue("cause", String.valueOf(failure.getMessage()))
                            .log("Watch failed, will try again; what was seen last stays in force");
                    return true;
                })
                .addEventHandler(new Events<>(present, (object, last) -> gone.accept(object)));
        return new Watch<>(what, informer, informer.start());
    }

    /** Completes when everything that was there at the start has been told. */
    CompletionStage<Void> synced() {
        return synced;
    }

    /** Whether the API server is being heard now. */
    boolean isWatching() {
        return informer.isWatching();
    }

    @Override
    public String toString() {
        return what;
    }

    @Override
    public void close() {
        informer.close();
    }

    private record Events<T>(Consumer<T> present, BiConsumer<T, Boolean> gone) implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            present.accept(object);
        }

        @Override
        public void onUpdate(@Nullable T before, T now) {
            present.accept(now);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            gone.accept(object, finalStateUnknown);
        }
    }
}
