package io.llmservice.planner.check;

import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Sibling;
import io.llmservice.planner.plan.ServicePlan;
import java.util.Optional;

/** What can be wrong with a spec once its plan is known: numbers that the spec leaves to the plan. */
public final class PlanChecks {

    private PlanChecks() {}

    /** The first problem of a plan for a spec that has none by itself. */
    public static Optional<Problem> first(Input input, ServicePlan plan) {
        return gpuLimit(input, plan).or(() -> target(input, plan)).or(() -> volume(plan));
    }

    /** The older services of a namespace keep their GPUs; the one that goes beyond the limit waits. */
    private static Optional<Problem> gpuLimit(Input input, ServicePlan plan) {
        long limit = input.policy().maxGpusPerNamespace();
        long asked = (long) plan.replica().gpus() * input.spec().scaling().upperBound();
        long older = input.observation().siblings().stream()
                .filter(sibling ->
                        sibling.identity().namespace().equals(input.identity().namespace()))
                .filter(sibling ->
                        sibling.isOlderThan(input.created(), input.identity().uid()))
                .mapToLong(Sibling::gpus)
                .sum();
        return older + asked <= limit
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.GpuLimitExceeded,
                        ("spec.scaling.maxReplicas asks for up to %d GPUs and older services of namespace %s for %d, together more than"
                                        + " the administrator's limit of %d; lower maxReplicas, or have the chart value maxGpusPerNamespace raised")
                                .formatted(asked, input.identity().namespace(), older, limit)));
    }

    /** The schema compares with a maxConcurrentRequests that is given; this one may be derived. */
    private static Optional<Problem> target(Input input, ServicePlan plan) {
        var asked = input.spec().scaling().targetRunningRequests();
        int full = plan.engine().maxConcurrentRequests();
        return asked == null || asked < full
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.InvalidSpec,
                        ("spec.scaling.targetRunningRequests: %d is not below the %d requests that a replica runs at once;"
                                        + " vllm:num_requests_running never rises above that, so no replica would be added; lower it or leave it out")
                                .formatted(asked, full)));
    }

    /** Local disks, where they are joined, hold what the volume does not. */
    private static Optional<Problem> volume(ServicePlan plan) {
        var nodeClass = plan.nodes().nodeClass();
        var ec2 = nodeClass == null ? null : nodeClass.ec2();
        if (ec2 == null || ec2.volumeSizeGiB() == null || ec2.instanceStorePolicy() != null) {
            return Optional.empty();
        }
        int needed = plan.replica().diskGiB();
        return ec2.volumeSizeGiB() > needed
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.InvalidSpec,
                        ("spec.compute.nodePool.managed.nodeClass.ec2.volumeSizeGiB: %d GiB do not hold the image and %d GiB of weights"
                                        + " and caches; set at least %d, or leave it out")
                                .formatted(
                                        ec2.volumeSizeGiB(),
                                        needed,
                                        plan.replica().volumeGiB())));
    }
}
