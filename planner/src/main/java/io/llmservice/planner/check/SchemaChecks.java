package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.planner.Labels;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What the CRD's own rules refuse, for specs that never passed an API server, and what rules cannot express. */
final class SchemaChecks {

    private SchemaChecks() {}

    static Optional<Problem> unions(Input input) {
        var source = input.spec().model().source();
        if (set(source.huggingFace(), source.s3(), source.persistentVolumeClaim(), source.image()) != 1) {
            return invalid("spec.model.source needs exactly one of huggingFace, s3, persistentVolumeClaim, image");
        }
        var nodePool = input.spec().compute().nodePool();
        if (set(nodePool.managed(), nodePool.existing(), nodePool.none()) != 1) {
            return invalid("spec.compute.nodePool needs exactly one of managed, existing, none");
        }
        return Optional.empty();
    }

    static Optional<Problem> nodeClass(Input input) {
        var compute = input.spec().compute();
        if (!compute.instanceFamilies().isEmpty() && !compute.instanceTypes().isEmpty()) {
            return invalid("spec.compute: set instanceFamilies or instanceTypes, not both");
        }
        var managed = compute.nodePool().managed();
        var nodeClass = managed == null ? null : managed.nodeClass();
        if (nodeClass == null) {
            return Optional.empty();
        }
        if (set(nodeClass.ec2(), nodeClass.ref()) != 1) {
            return invalid("spec.compute.nodePool.managed.nodeClass needs exactly one of ec2, ref");
        }
        var ec2 = nodeClass.ec2();
        return ec2 == null || set(ec2.role(), ec2.instanceProfile()) == 1
                ? Optional.empty()
                : invalid("spec.compute.nodePool.managed.nodeClass.ec2 needs exactly one of role, instanceProfile");
    }

    static Optional<Problem> scaling(Input input) {
        LlmServiceSpec spec = input.spec();
        var scaling = spec.scaling();
        if (scaling.minReplicas() < 1) {
            return invalid(
                    "spec.scaling.minReplicas: 0 (scale to zero) is reserved and not available yet; use 1 or more");
        }
        if (scaling.upperBound() < scaling.minReplicas()) {
            return invalid(
                    "spec.scaling.maxReplicas is %d, below minReplicas %d; raise maxReplicas or lower minReplicas"
                            .formatted(scaling.upperBound(), scaling.minReplicas()));
        }
        return Optional.empty();
    }

    static Optional<Problem> podMetadata(Input input) {
        var serving = input.spec().serving();
        var keys = new TreeSet<>(serving.podLabels().keySet());
        keys.addAll(serving.podAnnotations().keySet());
        return keys.stream()
                .filter(key -> Labels.RESERVED_PREFIXES.stream().anyMatch(key::startsWith))
                .findFirst()
                .flatMap(key -> invalid(
                        "spec.serving.podLabels and podAnnotations must not use %s: the operator sets keys that start with %s; use a prefix of your own"
                                .formatted(key, String.join(", ", Labels.RESERVED_PREFIXES))));
    }

    static long set(@org.jspecify.annotations.Nullable Object... members) {
        return Arrays.stream(members).filter(Objects::nonNull).count();
    }

    private static Optional<Problem> invalid(String message) {
        return Optional.of(new Problem(Reason.InvalidSpec, message));
    }
}
