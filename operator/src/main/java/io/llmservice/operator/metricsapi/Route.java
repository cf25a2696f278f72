package io.llmservice.operator.metricsapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a path asks for. */
sealed interface Route {

    /** Answers anyone. */
    record Health() implements Route {}

    record Groups() implements Route {}

    record Group() implements Route {}

    record Resources(ApiVersion version) implements Route {}

    record OpenApiV2() implements Route {}

    record OpenApiV3() implements Route {}

    /** A gauge of one pod by name, or with {@code *} of all that the query's selector matches. */
    record Metric(ApiVersion version, String namespace, String pod, String metric) implements Route {
        boolean allPods() {
            return pod.equals("*");
        }
    }

    record Unknown() implements Route {}

    /**
     * Reads a path.
     *
     * @param path still percent-encoded, as a metric's name may hold any character
     * @throws IllegalArgumentException if the encoding is broken
     */
    static Route of(String path) {
        if (!path.startsWith("/")) {
            return new Unknown();
        }
        List<String> segments =
                Arrays.stream(path.split("/", -1)).skip(1).map(Route::decoded).toList();
        return switch (segments.getFirst()) {
            case "healthz", "livez", "readyz" -> segments.size() == 1 ? new Health() : new Unknown();
            case "openapi" -> openApi(segments);
            case "apis" -> api(segments);
            default -> new Unknown();
        };
    }

    private static Route openApi(List<String> segments) {
        return switch (String.join("/", segments)) {
            case "openapi/v2" -> new OpenApiV2();
            case "openapi/v3" -> new OpenApiV3();
            default -> new Unknown();
        };
    }

    private static Route api(List<String> segments) {
        if (segments.size() == 1) {
            return new Groups();
        }
        if (!segments.get(1).equals(ApiVersion.GROUP)) {
            return new Unknown();
        }
        if (segments.size() == 2) {
            return new Group();
        }
        Optional<ApiVersion> version = ApiVersion.of(segments.get(2));
        return version.isEmpty() ? new Unknown() : versioned(version.get(), segments.subList(3, segments.size()));
    }

    private static Route versioned(ApiVersion version, List<String> rest) {
        if (rest.isEmpty()) {
            return new Resources(version);
        }
        boolean pods = rest.size() == 5
                && rest.get(0).equals("namespaces")
                && rest.get(2).equals("pods")
                && rest.stream().noneMatch(String::isEmpty);
        return pods ? new Metric(version, rest.get(1), rest.get(3), rest.get(4)) : new Unknown();
    }

    /** The query's parameters; the first of each name counts. */
    static Map<String, String> parameters(String rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    }
}
