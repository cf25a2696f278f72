package io.llmservice.gateway.standalone;

import io.llmservice.api.v1alpha1.ApiDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param port where clients come in; 0 takes any that is free
 * @param adminPort where health and metrics are; 0 takes any that is free
 * @param routes the file of routes
 * @param grace how long requests in hand may go on after SIGTERM
 */
public record StandaloneArguments(String host, int port, int adminPort, Path routes, Duration grace) {

    /** What {@code --help} prints. */
    public static final String HELP = """
            Usage: llm-gateway --routes FILE [--port N] [--admin-port N] [--host ADDRESS] [--grace DURATION]

              --routes FILE      YAML: models: [{name, upstreams: [http://host:port, …], fallback: {…}, gateway: {…}}]
              --port N           where clients come in (default 8080; 0 takes any that is free)
              --admin-port N     /healthz, /readyz and /metrics (default 9090; 0 takes any that is free)
              --host ADDRESS     address to listen on (default 127.0.0.1)
              --grace DURATION   how long requests in hand may go on after SIGTERM (default 30s)

            Keys that the file refers to as Secrets come from the environment: key token of Secret vendor-key from
            VENDOR_KEY_TOKEN, or VENDOR_KEY.
            """;

    private static final List<String> KNOWN = List.of("--routes", "--port", "--admin-port", "--host", "--grace");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a message for whoever typed it
     */
    public static StandaloneArguments parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i])) {
                throw new IllegalArgumentException(
                        "unknown argument " + arguments[i] + "; there are " + String.join(", ", KNOWN) + ", --help");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        String routes = given.get("--routes");
        if (routes == null) {
            throw new IllegalArgumentException("--routes FILE is missing; see --help");
        }
        return new StandaloneArguments(
                given.getOrDefault("--host", "127.0.0.1"),
                port("--port", given.getOrDefault("--port", "8080")),
                port("--admin-port", given.getOrDefault("--admin-port", "9090")),
                Path.of(routes),
                ApiDuration.parse(given.getOrDefault("--grace", "30s")));
    }

    private static int port(String name, String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(name + " must be a number from 0 to 65535, not " + value);
        }
        return Integer.parseInt(value);
    }
}
