package io.llmservice.planner.check;

import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.decision.Sibling;
import java.util.Optional;

/** What depends on the cluster: other services and referenced objects. */
final class ClusterChecks {

    private ClusterChecks() {}

    /** The older services of a namespace keep their GPUs; the one that goes beyond the limit waits. */
    static Optional<Problem> gpuLimit(Input input) {
        var accepted = input.observation().accepted();
        int limit = input.policy().maxGpusPerNamespace();
        int asked = accepted.map(plan -> plan.plan().replica().gpus()).orElse(minimumGpus(input))
                * input.spec().scaling().upperBound();
        int older = input.observation().siblings().stream()
                .filter(sibling ->
                        sibling.identity().namespace().equals(input.identity().namespace()))
                .filter(sibling ->
                        sibling.isOlderThan(input.created(), input.identity().uid()))
                .mapToInt(Sibling::gpus)
                .sum();
        return older + asked <= limit
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.GpuLimitExceeded,
                        ("spec.scaling.maxReplicas asks for up to %d GPUs and older services of namespace %s for %d, together more than"
                                        + " the administrator's limit of %d; lower maxReplicas, or have the chart value maxGpusPerNamespace raised")
                                .formatted(asked, input.identity().namespace(), older, limit)));
    }

    private static int minimumGpus(Input input) {
        var fixed = input.spec().compute().gpusPerReplica();
        return fixed == null ? 1 : fixed;
    }

    static Optional<Problem> references(Input input) {
        return input.observation().references().stream()
                .filter(reference -> reference.state() != Reference.State.PRESENT)
                .findFirst()
                .map(reference -> new Problem(Reason.ReferenceMissing, message(reference, input)));
    }

    private static String message(Reference reference, Input input) {
        var where = reference.kind().equals("NodePool") || reference.field().endsWith("nodeClass.ref")
                ? "the cluster"
                : "namespace " + input.identity().namespace();
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
