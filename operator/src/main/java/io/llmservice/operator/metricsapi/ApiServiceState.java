package io.llmservice.operator.metricsapi;

/** Who serves one version of the custom metrics API. */
public sealed interface ApiServiceState {

    /** This operator. */
    record Ours() implements ApiServiceState {}

    /** Somebody else: the Service {@code namespace/name}, or {@code local} for the API server itself. */
    record ForeignOwner(String service) implements ApiServiceState {}

    /** Nobody, as far as the settings go. */
    record Disabled() implements ApiServiceState {}

    /** Not known or not as it should be: the API server refused. */
    record Failed(String message) implements ApiServiceState {}
}
