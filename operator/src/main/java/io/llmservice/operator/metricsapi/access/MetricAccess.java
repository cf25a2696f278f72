package io.llmservice.operator.metricsapi.access;

/**
 * What a user wants to read, in the words of RBAC: verb {@code get} on {@code pods/<metric>} of group
 * {@code custom.metrics.k8s.io}.
 *
 * <p>The verb is {@code get} for {@code *} too: the API server derives it from the path, which ends in a name.
 */
public record MetricAccess(String version, String namespace, String pod, String metric) {}
