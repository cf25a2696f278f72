package io.llmservice.operator.http;

import java.util.Map;

/**
 * Bounds for the JDK's HTTP server, which reads them from system properties when its first server is made, by default waits for
 * a slow client without end, and delays small answers on connections that are kept.
 */
public final class ServerLimits {

    /** A value given on the command line wins; the bounds are far above what probes, scrapers and the aggregator need. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "sun.net.httpserver.idleInterval", "90",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "512");

    private ServerLimits() {}

    /** To be called before a server is made; later calls change nothing. */
    public static void apply() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
