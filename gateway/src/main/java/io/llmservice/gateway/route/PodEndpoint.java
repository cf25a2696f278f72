package io.llmservice.gateway.route;

/**
 * One model server that may be asked.
 *
 * @param name the pod's name, or host and port where there is no cluster
 * @param uid tells a pod from its successor of the same name
 * @param host address to connect to
 * @param port port to connect to
 * @param ready whether the pod is Ready
 * @param draining whether it is being deleted: it gets nothing new and finishes what it has
 */
public record PodEndpoint(String name, String uid, String host, int port, boolean ready, boolean draining) {

    /** Whether new requests may go there. */
    public boolean serves() {
        return ready && !draining;
    }
}
