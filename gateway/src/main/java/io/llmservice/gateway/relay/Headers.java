package io.llmservice.gateway.relay;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which headers go through the gateway, in either direction. */
final class Headers {

    /** Everything else stays here: credentials, hop-by-hop headers, cookies, and what pretends to be internal. */
    private static final String[] FROM_CLIENT = {
        "accept",
        "content-type",
        "user-agent",
        "x-request-id",
        "traceparent",
        "tracestate",
        "anthropic-version",
        "anthropic-beta",
        "idempotency-key"
    };

    private static final Set<String> NOT_TO_CLIENT = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length",
            "set-cookie",
            "alt-svc",
            "strict-transport-security");

    /** A header of the gateway's own that only its translations may set. */
    static final String DROPPED = "x-llmservice-dropped";

    private static final String OWN = "x-llmservice-";

    private Headers() {}

    static MultiMap toUpstream(MultiMap client) {
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        for (String name : FROM_CLIENT) {
            String value = client.get(name);
            if (value != null) {
                passed.add(name, value);
            }
        }
        return passed;
    }

    /**
     * Copies an answer's headers.
     *
     * @param translated whether the answer was made by the gateway from another form
     */
    static void toClient(MultiMap upstream, boolean translated, MultiMap client) {
        Set<String> named = named(upstream.get("connection"));
        for (Map.Entry<String, String> header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean own = name.startsWith(OWN) && !(translated && name.equals(DROPPED));
            if (!own && !NOT_TO_CLIENT.contains(name) && !named.contains(name)) {
                client.add(name, header.getValue());
            }
        }
    }

    /** Headers that a Connection header declares to be of this hop only. */
    private static Set<String> named(@Nullable String connection) {
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return Set.of();
        }
        return Arrays.stream(connection.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
