package io.llmservice.gateway.aws;

import io.llmservice.gateway.route.ServiceKey;
import java.util.Optional;

/** Which endpoint the operator made for a managed SageMaker target. */
@FunctionalInterface
public interface ManagedEndpoints {

    /**
     * Looks one up.
     *
     * @param target name of the fallback target
     * @return empty while there is none
     */
    Optional<Endpoint> endpoint(ServiceKey service, String target);

    /**
     * An endpoint.
     *
     * @param name its name
     * @param inferenceComponent the component to ask, if the endpoint has any
     */
    record Endpoint(String name, Optional<String> inferenceComponent) {}

    /** None at all, where there is no operator. */
    static ManagedEndpoints none() {
        return (service, target) -> Optional.empty();
    }
}
