package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.Ec2NodeClassSpec;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.planner.ImageName;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What only the operator's administrator may allow: whoever may write an LlmService must not come by roles, images or
 * machines that way.
 */
final class AllowanceChecks {

    private AllowanceChecks() {}

    static Optional<Problem> images(Input input) {
        var engine = input.spec().engine().vllm().image();
        if (engine != null && !isAllowed(input.policy().allowed().images(), ImageName.repository(engine))) {
            return refused("spec.engine.vllm.image", ImageName.repository(engine), "allowed.images");
        }
        var model = input.spec().model().source().image();
        if (model != null && !isAllowed(input.policy().allowed().images(), ImageName.repository(model.reference()))) {
            return refused(
                    "spec.model.source.image.reference", ImageName.repository(model.reference()), "allowed.images");
        }
        return Optional.empty();
    }

    static Optional<Problem> serviceAccount(Input input) {
        var name = input.spec().serving().serviceAccountName();
        return name == null || isAllowed(input.policy().allowed().serviceAccounts(), name)
                ? Optional.empty()
                : refused("spec.serving.serviceAccountName", name, "allowed.serviceAccounts");
    }

    static Optional<Problem> nodeClass(Input input) {
        var managed = input.spec().compute().nodePool().managed();
        if (managed == null) {
            return Optional.empty();
        }
        var nodeClass = managed.nodeClass();
        if (nodeClass == null) {
            return input.policy().nodeClass().isPresent()
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            Reason.NodeClassMissing,
                            "spec.compute.nodePool.managed.nodeClass is not set and the operator has no default node class;"
                                    + " set the field, or have the administrator set the chart value nodeClass"));
        }
        if (nodeClass.ref() != null) {
            return reference(nodeClass.ref(), input.policy());
        }
        return nodeClass.ec2() == null ? Optional.empty() : role(nodeClass.ec2(), input.policy());
    }

    static Optional<Problem> instanceTypes(Input input) {
        return input.spec().compute().instanceTypes().stream()
                .filter(type -> !isAllowed(input.policy().allowed().instanceTypes(), type))
                .findFirst()
                .flatMap(type -> refused("spec.compute.instanceTypes", type, "allowed.instanceTypes"));
    }

    private static Optional<Problem> reference(NodeClassReference reference, Policy policy) {
        var name = reference.group() + "/" + reference.kind() + "/" + reference.name();
        boolean isDefault = policy.nodeClass()
                .map(standard -> reference.equals(standard.ref()))
                .orElse(false);
        return isDefault || isAllowed(policy.allowed().nodeClasses(), name)
                ? Optional.empty()
                : refused("spec.compute.nodePool.managed.nodeClass.ref", name, "allowed.nodeClasses");
    }

    private static Optional<Problem> role(Ec2NodeClassSpec ec2, Policy policy) {
        var name = ec2.role() == null ? ec2.instanceProfile() : ec2.role();
        var field = ec2.role() == null ? "instanceProfile" : "role";
        return name == null || isAllowed(policy.allowed().roles(), name)
                ? Optional.empty()
                : refused("spec.compute.nodePool.managed.nodeClass.ec2." + field, name, "allowed.roles");
    }

    private static boolean isAllowed(List<String> patterns, String name) {
        return Policy.allows(patterns, name);
    }

    private static Optional<Problem> refused(String field, String value, String setting) {
        return Optional.of(new Problem(
                Reason.NotAllowed,
                "%s: %s is not allowed by the operator's administrator; leave the field out, or have it added to the chart value %s"
                        .formatted(field, value, setting)));
    }
}
