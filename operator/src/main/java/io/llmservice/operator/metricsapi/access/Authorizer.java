package io.llmservice.operator.metricsapi.access;

/** Decides whether a user may read a metric. */
public interface Authorizer {

    Decision decide(User user, MetricAccess access);

    /** Undecided is an answer too: the API server that should know could not be asked. */
    enum Decision {
        ALLOWED,
        DENIED,
        UNDECIDED
    }
}
