package io.llmservice.gateway.standalone;

import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.GatewaySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file of routes says.
 *
 * @param models one for each service
 */
record RoutesDocument(List<Model> models) {

    RoutesDocument {
        models = models == null ? List.of() : List.copyOf(models);
    }

    /**
     * One service.
     *
     * @param name what clients send as {@code model}
     * @param upstreams addresses of model servers, such as {@code http://127.0.0.1:8000}
     * @param fallback as {@code spec.fallback} of an LlmService
     * @param gateway as {@code spec.gateway} of an LlmService
     */
    record Model(
            @Nullable String name,
            List<String> upstreams,
            @Nullable FallbackSpec fallback,
            @Nullable GatewaySpec gateway) {

        Model {
            upstreams = upstreams == null ? List.of() : List.copyOf(upstreams);
        }
    }
}
