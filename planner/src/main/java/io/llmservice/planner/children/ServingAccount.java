package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Optional;

/** The ServiceAccount of the pods: it may do nothing, and no token of it reaches a pod. */
public final class ServingAccount {

    private ServingAccount() {}

    /** Name of the account that the pods run under. */
    static String name(ChildContext context) {
        var asked = context.spec().serving().serviceAccountName();
        return asked == null ? context.identity().name() : asked;
    }

    /** Absent where the spec names an account that is there already. */
    public static Optional<ServiceAccount> desired(ChildContext context) {
        if (context.spec().serving().serviceAccountName() != null) {
            return Optional.empty();
        }
        return Optional.of(new ServiceAccountBuilder()
                .withMetadata(context.namespaced(name(context), "serving"))
                .withAutomountServiceAccountToken(false)
                .build());
    }
}
