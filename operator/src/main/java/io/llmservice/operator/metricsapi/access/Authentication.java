package io.llmservice.operator.metricsapi.access;

/** Whether a request comes through the API server, and for whom. */
public sealed interface Authentication {

    record Authenticated(User user) implements Authentication {}

    record Refused(String reason) implements Authentication {}
}
