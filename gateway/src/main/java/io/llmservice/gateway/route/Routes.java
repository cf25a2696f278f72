package io.llmservice.gateway.route;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The table in force. Readers take it once for a request; whoever learns something new swaps it whole. */
public final class Routes {

    private final List<Consumer<RouteTable>> listeners = new CopyOnWriteArrayList<>();
    private volatile RouteTable table = RouteTable.of(List.of());

    public RouteTable table() {
        return table;
    }

    public void swap(RouteTable next) {
        table = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    /** Tells a listener of each table from now on, on the thread that swaps it. */
    public void listen(Consumer<RouteTable> listener) {
        listeners.add(listener);
    }
}
