package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;
import static io.llmservice.planner.sizing.Figures.price;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a ladder stands as it does, in sentences. */
final class Reasons {
    private Reasons() {}

    static List<String> of(List<Sizing> ladder, int fitting, Candidates candidates) {
        Sizing first = ladder.getFirst();
        List<String> reasons = new ArrayList<>();
        reasons.add(
                candidates.named()
                        ? first.type().name() + " is the first of the named types that carries the workload"
                        : first.type().name() + " is the cheapest of " + fitting + " types that carry the workload, "
                                + price(first.pricePerHour(candidates.replicas())
                                        .orElse(0)) + " for " + replicas(candidates));
        if (ladder.size() > 1) {
            reasons.add("without capacity for it: "
                    + ladder.stream().skip(1).map(Reasons::rung).collect(Collectors.joining(", then ")));
        }
        return reasons;
    }

    static List<String> notes(SizingRequest request, List<Sizing> ladder) {
        Set<String> notes = new LinkedHashSet<>();
        ladder.forEach(
                rung -> notes.addAll(GpuFormats.notes(request, rung.type().gpu())));
        @Nullable Integer fixed = request.limits().maxConcurrentRequests();
        int wanted = request.workload().concurrency();
        if (fixed != null && fixed < wanted) {
            notes.add("maxConcurrentRequests " + fixed + " is below the workload's concurrency " + wanted
                    + ": the rest queue");
        }
        Sizing first = ladder.getFirst();
        if (first.shape().gpus() >= 4 && !first.type().gpu().speed().nvlink()) {
            notes.add(first.shape().gpus() + " " + first.type().gpu().name()
                    + " share each layer over PCIe: expect slower tokens than the same memory on NVLink gives");
        }
        if (fixed != null && first.concurrency().atWorkload() < fixed) {
            notes.add("the cache carries " + (long) first.concurrency().atWorkload() + " requests of "
                    + count(request.workload().tokensPerRequest()) + " tokens, fewer than maxConcurrentRequests "
                    + fixed
                    + ": under full load the engine preempts");
        }
        return List.copyOf(notes);
    }

    private static String replicas(Candidates candidates) {
        return candidates.replicas() == 1 ? "one replica" : candidates.replicas() + " replicas";
    }

    private static String rung(Sizing sizing) {
        return sizing.pricePerReplicaHour().isPresent()
                ? sizing.type().name() + " at "
                        + price(sizing.pricePerReplicaHour().getAsDouble()) + " a replica"
                : sizing.type().name();
    }
}
