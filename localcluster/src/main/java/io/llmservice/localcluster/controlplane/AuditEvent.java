package io.llmservice.localcluster.controlplane;

import java.time.Instant;

/**
 * One write that the API server has answered.
 *
 * @param verb create, update, patch, delete or deletecollection
 * @param user the user's name, such as {@code system:serviceaccount:llmservice:operator}
 * @param group the API group, empty for the core group
 * @param resource the plural name, such as {@code deployments}
 * @param subresource such as {@code status} or {@code scale}, empty if the object itself was written
 * @param namespace empty for cluster-scoped objects
 * @param name empty when the server chose it
 * @param code the HTTP status of the answer
 * @param dryRun whether the request asked for no change to be kept
 * @param at when the request arrived
 */
public record AuditEvent(
        String verb,
        String user,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        int code,
        boolean dryRun,
        Instant at) {
    /** Whether the server took the write. */
    public boolean succeeded() {
        return code >= 200 && code < 300;
    }
}
