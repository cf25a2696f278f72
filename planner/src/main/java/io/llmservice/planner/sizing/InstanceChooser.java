package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.price;

import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ranks the allowed instance types for a request and builds the ladder that one pod template can climb. */
public final class InstanceChooser {
    /** Each rung is a NodePool; further rungs only get dearer. Types that the user named are all kept. */
    private static final int MOST_RUNGS = 4;

    private final InstanceCatalogue catalogue;

    public InstanceChooser(InstanceCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Same request, candidates and catalogue: same choice. */
    public InstanceChoice choose(SizingRequest request, Candidates candidates) {
        Optional<BadInput> badInput = BadInput.of(request);
        if (badInput.isPresent()) {
            return new InstanceChoice.Refused(badInput.get());
        }
        List<Rejection> rejections = new ArrayList<>();
        candidates.unknown(catalogue).forEach(name -> rejections.add(unknown(name)));
        List<Sizing> ranked = new ArrayList<>();
        Misses misses = new Misses();
        for (InstanceType type : candidates.considered(catalogue)) {
            judge(request, candidates, type, ranked, misses, rejections);
        }
        if (ranked.isEmpty()) {
            return new InstanceChoice.NothingFits(
                    misses.closest(), new Remedies(catalogue).forRequest(request, candidates), rejections);
        }
        return chosen(request, candidates, inOrder(ranked, candidates), rejections);
    }

    /** The types that carry a request by themselves, best first; empty if none does. */
    List<Sizing> ranked(SizingRequest request, Candidates candidates) {
        List<Sizing> ranked = new ArrayList<>();
        for (InstanceType type : candidates.considered(catalogue)) {
            judge(request, candidates, type, ranked, new Misses(), new ArrayList<>());
        }
        return inOrder(ranked, candidates);
    }

    private static void judge(
            SizingRequest request,
            Candidates candidates,
            InstanceType type,
            List<Sizing> ranked,
            Misses misses,
            List<Rejection> rejections) {
        if (!candidates.permitted().test(type.name())) {
            rejections.add(new Rejection(type.name(), "the administrator does not allow it"));
            return;
        }
        switch (Sizer.size(request, type)) {
            case Fit.Misses miss -> {
                Rejection rejection = new Rejection(type.name(), miss.reason());
                misses.add(rejection, miss.excess());
                rejections.add(rejection);
            }
            case Fit.Fits fits -> {
                if (type.pricePerHour() == null && !candidates.named()) {
                    rejections.add(new Rejection(
                            type.name(),
                            "fits, but no price is known; name it in spec.compute.instanceTypes to use it"));
                } else {
                    ranked.add(fits.sizing());
                }
            }
        }
    }

    private static List<Sizing> inOrder(List<Sizing> sizings, Candidates candidates) {
        if (candidates.named()) {
            return List.copyOf(sizings);
        }
        return sizings.stream()
                .sorted(Comparator.comparingDouble((Sizing sizing) -> cost(sizing, candidates))
                        .thenComparingDouble(
                                sizing -> sizing.pricePerReplicaHour().orElse(Double.MAX_VALUE))
                        .thenComparingInt(sizing -> sizing.shape().gpus())
                        .thenComparing(sizing -> sizing.type().name()))
                .toList();
    }

    private static double cost(Sizing sizing, Candidates candidates) {
        return sizing.pricePerHour(candidates.replicas()).orElse(Double.MAX_VALUE);
    }

    private static InstanceChoice.Chosen chosen(
            SizingRequest request, Candidates candidates, List<Sizing> ranked, List<Rejection> rejections) {
        Sizing first = ranked.getFirst();
        List<Sizing> ladder = new ArrayList<>(List.of(first));
        for (Sizing other : ranked.subList(1, ranked.size())) {
            switch (Sizer.sizeAs(request, other.type(), first.shape())) {
                case Fit.Misses miss ->
                    rejections.add(new Rejection(
                            other.type().name(),
                            "does not hold the pod template of " + first.type().name() + ": " + miss.reason()));
                case Fit.Fits fits ->
                    rungRefusal(fits.sizing(), first, ladder.size(), candidates)
                            .ifPresentOrElse(
                                    reason -> rejections.add(
                                            new Rejection(other.type().name(), reason)),
                                    () -> ladder.add(fits.sizing()));
            }
        }
        return new InstanceChoice.Chosen(
                ladder,
                candidates.capacityTypes(),
                Reasons.of(ladder, ranked.size(), candidates),
                Reasons.notes(request, ladder),
                rejections);
    }

    private static Optional<String> rungRefusal(Sizing rung, Sizing first, int rungs, Candidates candidates) {
        if (candidates.named()) {
            return Optional.empty();
        }
        double each = rung.pricePerReplicaHour().orElse(Double.MAX_VALUE);
        double firstEach = first.pricePerReplicaHour().orElse(Double.MAX_VALUE);
        if (rung.replicasPerNode() > 1 && each >= firstEach) {
            return Optional.of(
                    "holds " + rung.replicasPerNode() + " replicas at " + price(each) + " each, not cheaper than "
                            + price(firstEach) + " on " + first.type().name() + "; Karpenter would still pack onto it");
        }
        return rungs >= MOST_RUNGS
                ? Optional.of(
                        "fits at " + price(each) + " a replica; " + MOST_RUNGS + " cheaper types are on the ladder")
                : Optional.empty();
    }

    private Rejection unknown(String name) {
        return new Rejection(
                name, "not in the catalogue, which has the families " + String.join(", ", catalogue.families()));
    }

    /** Collects the miss with the least excess. */
    private static final class Misses {
        private Rejection closest = new Rejection("", "");
        private double least = Double.NaN;

        void add(Rejection rejection, double excess) {
            if (Double.isNaN(least) || excess < least) {
                closest = rejection;
                least = excess;
            }
        }

        @org.jspecify.annotations.Nullable
        Rejection closest() {
            return Double.isNaN(least) ? null : closest;
        }
    }
}
