package io.llmservice.gateway.http;

/**
 * Where the gateway listens, and within which limits.
 *
 * @param port 0 takes any that is free
 * @param loops event loops that serve
 */
public record ServerOptions(String host, int port, int loops, ServerLimits limits) {}
