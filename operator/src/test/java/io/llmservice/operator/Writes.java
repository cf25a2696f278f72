package io.llmservice.operator;

import io.llmservice.localcluster.controlplane.AuditEvent;
import io.llmservice.localcluster.controlplane.AuditLog;
import java.util.List;

/** The operator's writes as the API server saw them; leases and events are no part of the product's state. */
final class Writes {

    private static final String OPERATOR =
            "system:serviceaccount:" + TestCluster.OPERATOR_NAMESPACE + ":" + OperatorRelease.SERVICE_ACCOUNT;

    private Writes() {}

    static List<AuditEvent> since(AuditLog.Mark mark) {
        return TestCluster.get().auditLog().since(mark, Writes::counts);
    }

    static AuditLog.Mark mark() {
        return TestCluster.get().auditLog().mark();
    }

    private static boolean counts(AuditEvent event) {
        return event.user().equals(OPERATOR)
                && !event.resource().equals("leases")
                && !event.resource().equals("events")
                && !event.resource().equals("subjectaccessreviews");
    }
}
