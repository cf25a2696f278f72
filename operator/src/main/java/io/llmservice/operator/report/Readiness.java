package io.llmservice.operator.report;

import io.llmservice.planner.decision.Reason;
import java.util.List;

/** The Ready condition: the first thing in the way, in the order in which a person would mend it. */
final class Readiness {

    private Readiness() {}

    static Finding of(Situation situation, List<Finding> prerequisites, Finding nodes, int ready) {
        var obstacle =
                prerequisites.stream().filter(finding -> !finding.isGood()).findFirst();
        if (obstacle.isPresent()) {
            return Finding.bad(
                    ConditionType.Ready, obstacle.get().reason(), obstacle.get().message() + stillServing(ready));
        }
        if (Replicas.isSettled(situation.observation())) {
            return Finding.good(ConditionType.Ready, Reason.Serving, ready + " of " + ready + " replicas answer");
        }
        if (nodes.reason() == Reason.GpuMissing) {
            return Finding.bad(ConditionType.Ready, Reason.GpuMissing, nodes.message() + stillServing(ready));
        }
        return Replicas.failure(situation.observation())
                .map(failure ->
                        Finding.bad(ConditionType.Ready, failure.reason(), failure.message() + stillServing(ready)))
                .orElseGet(() -> waiting(situation, nodes, ready));
    }

    private static Finding waiting(Situation situation, Finding nodes, int ready) {
        if (ready > 0) {
            return Finding.bad(
                    ConditionType.Ready,
                    Reason.RollingOut,
                    Replicas.answering(ready) + " while others start or are replaced");
        }
        if (!nodes.isGood() && Replicas.anyUnscheduled(situation.observation())) {
            return Finding.bad(
                    ConditionType.Ready, Reason.WaitingForNodes, "waiting for GPU nodes: " + nodes.message());
        }
        var unschedulable = Replicas.unschedulable(situation.observation());
        if (unschedulable.isPresent()) {
            return Finding.bad(
                    ConditionType.Ready,
                    Reason.WaitingForNodes,
                    unschedulable.get() + "; check that nodes with free GPUs match spec.compute.nodePool");
        }
        int seconds = situation
                .decision()
                .inForce()
                .map(plan -> plan.plan().replica().coldStartSeconds())
                .orElse(0);
        return Finding.bad(
                ConditionType.Ready,
                Reason.WaitingForPods,
                "waiting for the first pod to load the model; a cold start takes about " + seconds + " s");
    }

    private static String stillServing(int ready) {
        return ready == 0 ? "" : "; what serves goes on: " + Replicas.answering(ready);
    }
}
