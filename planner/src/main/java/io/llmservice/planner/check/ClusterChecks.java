package io.llmservice.planner.check;

import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Reference;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What depends on the cluster: the objects that a spec refers to. */
final class ClusterChecks {

    private static final Set<String> NAMESPACED = Set.of("Secret", "ConfigMap", "PersistentVolumeClaim");

    private ClusterChecks() {}

    static Optional<Problem> references(Input input) {
        return missing(input, Reference::isForServing);
    }

    static Optional<Problem> missing(Input input, Predicate<Reference> which) {
        return input.observation().references().stream()
                .filter(which)
                .filter(reference -> reference.state() != Reference.State.PRESENT)
                .findFirst()
                .map(reference -> new Problem(Reason.ReferenceMissing, message(reference, input)));
    }

    private static String message(Reference reference, Input input) {
        var where = NAMESPACED.contains(reference.kind())
                ? "namespace " + input.identity().namespace()
                : "the cluster";
        return switch (reference.state()) {
            case PRESENT -> "";
            case MISSING ->
                "%s: %s %s is not in %s; create it or correct the name"
                        .formatted(reference.field(), reference.kind(), reference.name(), where);
            case KEY_MISSING ->
                "%s: %s %s has no key %s; add the key or correct the field"
                        .formatted(reference.field(), reference.kind(), reference.name(), reference.detail());
            case LABEL_MISSING ->
                "%s: Secret %s lacks the label %s that the operator's administrator asks for; label it if it may be used here"
                        .formatted(reference.field(), reference.name(), reference.detail());
        };
    }
}
