package io.llmservice.gateway.http;

import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.route.ServiceKey;
import java.util.Optional;

/** What a path asks for. */
sealed interface RequestPath {

    /** A request to a model. */
    record Model(ApiRoute api, Optional<ServiceKey> service) implements RequestPath {}

    /** The list of models, or one of them. */
    record Models(Optional<ServiceKey> service, Optional<String> model) implements RequestPath {}

    /** Whether the process lives. */
    record Health() implements RequestPath {}

    /** Nothing that there is. */
    record Unknown() implements RequestPath {}

    /** Reads a path, without its query. */
    static RequestPath of(String path) {
        RequestPath plain = within(path, Optional.empty());
        if (!(plain instanceof Unknown)) {
            return plain;
        }
        int first = path.indexOf('/', 1);
        int second = first < 0 ? -1 : path.indexOf('/', first + 1);
        if (!path.startsWith("/") || first <= 1 || second <= first + 1) {
            return plain;
        }
        var service = new ServiceKey(path.substring(1, first), path.substring(first + 1, second));
        RequestPath addressed = within(path.substring(second), Optional.of(service));
        return addressed instanceof Health ? new Unknown() : addressed;
    }

    private static RequestPath within(String path, Optional<ServiceKey> service) {
        Optional<ApiRoute> api = ApiRoute.of(path);
        if (api.isPresent()) {
            return new Model(api.get(), service);
        }
        if (path.equals("/v1/models")) {
            return new Models(service, Optional.empty());
        }
        if (path.startsWith("/v1/models/")) {
            return new Models(service, Optional.of(path.substring("/v1/models/".length())));
        }
        return path.equals("/healthz") || path.equals("/health") ? new Health() : new Unknown();
    }
}
