package io.llmservice.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.util.Objects;

/**
 * Whether an object is already as it should be: every field that the operator applied has the desired value, and it
 * applied nothing that is no longer desired. What others own is left out of it.
 */
final class Match {

    private Match() {}

    static boolean matches(HasMetadata actual, HasMetadata desired, Context<?> context) {
        boolean applied = Objects.requireNonNullElse(
                        actual.getMetadata().getManagedFields(),
                        java.util.List.<io.fabric8.kubernetes.api.model.ManagedFieldsEntry>of())
                .stream()
                .anyMatch(entry ->
                        FieldManager.OPERATOR.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
        return applied
                && SSABasedGenericKubernetesResourceMatcher.<HasMetadata>getInstance()
                        .matches(actual, desired, context);
    }
}
