package io.llmservice.gateway.http;

import java.time.Duration;

/**
 * What one client may take of the gateway.
 *
 * @param maxBodyBytes largest body of all; a service may allow less
 * @param maxBufferedBytes of all bodies that are being read at the same time
 * @param maxHeaderBytes of all header lines of a request together
 * @param headTimeout from a connection's beginning to the end of its first request's head
 * @param bodyTimeout for a request's whole body
 * @param keepAlive how long a connection may be without a request
 */
public record ServerLimits(
        int maxBodyBytes,
        long maxBufferedBytes,
        int maxHeaderBytes,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration keepAlive) {

    public ServerLimits {
        if (maxBodyBytes < 1 || maxBufferedBytes < maxBodyBytes) {
            throw new IllegalArgumentException("maxBufferedBytes must be at least maxBodyBytes, and both positive");
        }
    }

    /** Limits that leave the heap room for everything else. */
    public static ServerLimits defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        long body = Math.clamp(heap / 4, 1024 * 1024, 256 * 1024 * 1024);
        return new ServerLimits(
                (int) body,
                Math.max(body, heap / 2),
                16 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75));
    }
}
