package io.llmservice.planner.decision;

import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.planner.plan.ServicePlan;
import io.llmservice.planner.sizing.InstanceChoice;
import io.llmservice.planner.sizing.Rejection;
import io.llmservice.planner.sizing.Sizing;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a choice of instances down as a plan. */
final class PlanWriter {

    /** A start fails after the slowest of thrice the estimate and a fixed allowance: an estimate must not kill a pod. */
    private static final int STARTUP_ALLOWANCE_SECONDS = 600;

    private PlanWriter() {}

    static ServicePlan write(
            InstanceChoice.Chosen chosen,
            ModelLookup.Result.Found found,
            String image,
            String version,
            @Nullable NodeClassSpec nodeClass) {
        return new ServicePlan(
                chosen.ladder().stream().map(PlanWriter::rung).toList(),
                replica(chosen),
                engine(chosen, image, version),
                new ServicePlan.Nodes(nodeClass),
                words(chosen, found));
    }

    private static ServicePlan.Rung rung(Sizing sizing) {
        return new ServicePlan.Rung(sizing.type().name(), sizing.type().gpuCount(), sizing.replicasPerNode());
    }

    private static ServicePlan.Replica replica(InstanceChoice.Chosen chosen) {
        var host = chosen.shape().host();
        int coldStart = chosen.first().coldStartSeconds();
        return new ServicePlan.Replica(
                chosen.shape().gpus(),
                host.cpuMillis(),
                host.memoryMiB(),
                host.sharedMemoryMiB(),
                host.ephemeralStorageGiB(),
                volume(chosen),
                STARTUP_ALLOWANCE_SECONDS + 3 * coldStart,
                coldStart);
    }

    /** Every rung's nodes come from one class, so its disk is the largest that any of them needs. */
    private static int volume(InstanceChoice.Chosen chosen) {
        return chosen.ladder().stream().mapToInt(Sizing::nodeVolumeGiB).max().orElseThrow();
    }

    private static ServicePlan.Engine engine(InstanceChoice.Chosen chosen, String image, String version) {
        var shape = chosen.shape();
        return new ServicePlan.Engine(
                image,
                version,
                shape.tensorParallel(),
                shape.contextLength(),
                shape.maxConcurrentRequests(),
                shape.maxBatchedTokens(),
                chosen.first().cacheTokens());
    }

    private static ServicePlan.Words words(InstanceChoice.Chosen chosen, ModelLookup.Result.Found found) {
        var first = chosen.first();
        var sentences = first.sentences();
        var summary = "%d × %s on %s: %s"
                .formatted(
                        chosen.shape().gpus(),
                        first.type().gpu().name(),
                        first.type().name(),
                        String.join("; ", chosen.reasons()));
        return new ServicePlan.Words(
                summary,
                price(first),
                found.facts().origin(),
                sentences.subList(0, sentences.size() - 1),
                List.of(first.coldStart().sentence()),
                chosen.rejections().stream().map(Rejection::line).toList(),
                Stream.concat(found.notes().stream(), chosen.notes().stream()).toList());
    }

    private static String price(Sizing sizing) {
        var price = sizing.pricePerReplicaHour();
        return price.isPresent() ? String.format(Locale.ROOT, "%.4f", price.getAsDouble()) : "";
    }
}
