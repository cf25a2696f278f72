package io.llmservice.gateway.http;

/**
 * Where the gateway listens, and within which limits.
 *
 * @param port 0 takes any that is free
 * @param loops event loops that serve
 */
public record ServerOptions(String host, int port, int loops, ServerLimits limits) {

    /** An event loop for each processor, within the limits of a fresh installation. */
    public static ServerOptions defaults(String host, int port) {
        return new ServerOptions(
                host, port, Math.max(1, Runtime.getRuntime().availableProcessors()), ServerLimits.defaults());
    }
}
