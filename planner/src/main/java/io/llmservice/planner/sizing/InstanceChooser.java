package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.price;

import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.InstanceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ranks the allowed instance types for a request and builds the ladder that one pod template can climb. */
public final class InstanceChooser {
    /** Each rung is a NodePool; further rungs only get dearer. Types that the user named are all kept. */
    private static final int MOST_RUNGS = 4;

    private final InstanceCatalogue catalogue;

    public InstanceChooser(InstanceCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What became of one type by itself, before the ladder is built. */
    private sealed interface Verdict {
        record Carries(Sizing sizing) implements Verdict {}

        /** By {@code excess} the need exceeds what there is; null where the size is not the reason. */
        record Rejected(Rejection rejection, @Nullable Double excess) implements Verdict {}
    }

    /** Same request, candidates and catalogue: same choice. */
    public InstanceChoice choose(SizingRequest request, Candidates candidates) {
        Optional<BadInput> badInput = BadInput.of(request);
        if (badInput.isPresent()) {
            return new InstanceChoice.Refused(badInput.get());
        }
        List<Verdict> verdicts = judged(request, candidates);
        List<Rejection> rejections = new ArrayList<>(
                candidates.unknown(catalogue).stream().map(this::unknown).toList());
        rejected(verdicts).map(Verdict.Rejected::rejection).forEach(rejections::add);
        List<Sizing> ranked = inOrder(verdicts, candidates);
        if (ranked.isEmpty()) {
            List<String> remedies = new Remedies(catalogue).forRequest(request, candidates);
            return new InstanceChoice.NothingFits(closest(verdicts), remedies, rejections);
        }
        return chosen(request, candidates, ranked, rejections);
    }

    /** The types that carry a request by themselves, best first; empty if none does. */
    List<Sizing> ranked(SizingRequest request, Candidates candidates) {
        return inOrder(judged(request, candidates), candidates);
    }

    private List<Verdict> judged(SizingRequest request, Candidates candidates) {
        return candidates.considered(catalogue).stream()
                .map(type -> judge(request, candidates, type))
                .toList();
    }

    private static Verdict judge(SizingRequest request, Candidates candidates, InstanceType type) {
        if (!candidates.permitted().test(type.name())) {
            return new Verdict.Rejected(new Rejection(type.name(), "the administrator does not allow it"), null);
        }
        return switch (Sizer.size(request, type)) {
            case Fit.Misses miss -> new Verdict.Rejected(new Rejection(type.name(), miss.reason()), miss.excess());
            case Fit.Fits fits ->
                type.pricePerHour() != null || candidates.named()
                        ? new Verdict.Carries(fits.sizing())
                        : new Verdict.Rejected(
                                new Rejection(
                                        type.name(),
                                        "fits, but no price is known; name it in spec.compute.instanceTypes to use it"),
                                null);
        };
    }

    private static Stream<Verdict.Rejected> rejected(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict.Rejected.class::isInstance).map(Verdict.Rejected.class::cast);
    }

    private static @Nullable Rejection closest(List<Verdict> verdicts) {
        return rejected(verdicts)
                .min(Comparator.comparingDouble(InstanceChooser::excess))
                .map(Verdict.Rejected::rejection)
                .orElse(null);
    }

    private static double excess(Verdict.Rejected rejected) {
        @Nullable Double excess = rejected.excess();
        return excess == null ? Double.POSITIVE_INFINITY : excess;
    }

    private static List<Sizing> inOrder(List<Verdict> verdicts, Candidates candidates) {
        List<Sizing> carrying = verdicts.stream()
                .filter(Verdict.Carries.class::isInstance)
                .map(verdict -> ((Verdict.Carries) verdict).sizing())
                .toList();
        if (candidates.named()) {
            return carrying;
        }
        return carrying.stream()
                .sorted(Comparator.comparingDouble((Sizing sizing) -> cost(sizing, candidates))
                        .thenComparingDouble(InstanceChooser::costEach)
                        .thenComparingInt(sizing -> sizing.shape().gpus())
                        .thenComparing(sizing -> sizing.type().name()))
                .toList();
    }

    /** What the replicas that are asked for cost, idle rests of nodes included: a large node counts whole when it holds one replica. */
    private static double cost(Sizing sizing, Candidates candidates) {
        return sizing.pricePerHour(candidates.replicas()).orElse(Double.MAX_VALUE);
    }

    private static double costEach(Sizing sizing) {
        return sizing.pricePerReplicaHour().orElse(Double.MAX_VALUE);
    }

    private static InstanceChoice.Chosen chosen(
            SizingRequest request, Candidates candidates, List<Sizing> ranked, List<Rejection> rejections) {
        Sizing first = ranked.getFirst();
        List<Sizing> ladder = new ArrayList<>(List.of(first));
        for (Sizing other : ranked.subList(1, ranked.size())) {
            String name = other.type().name();
            switch (Sizer.sizeAs(request, other.type(), first.shape())) {
                case Fit.Misses miss ->
                    rejections.add(new Rejection(
                            name,
                            "does not hold the pod template of " + first.type().name() + ": " + miss.reason()));
                case Fit.Fits fits -> {
                    Optional<String> refusal = rungRefusal(fits.sizing(), first, ladder.size(), candidates);
                    refusal.ifPresentOrElse(
                            reason -> rejections.add(new Rejection(name, reason)), () -> ladder.add(fits.sizing()));
                }
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
        if (rung.replicasPerNode() > 1 && costEach(rung) >= costEach(first)) {
            return Optional.of("holds " + rung.replicasPerNode() + " replicas at " + price(costEach(rung))
                    + " each, not cheaper than " + price(costEach(first)) + " on "
                    + first.type().name()
                    + "; Karpenter would still pack onto it");
        }
        return rungs >= MOST_RUNGS
                ? Optional.of("fits at " + price(costEach(rung)) + " a replica; " + MOST_RUNGS
                        + " cheaper types are on the ladder")
                : Optional.empty();
    }

    private Rejection unknown(String name) {
        return new Rejection(
                name, "not in the catalogue, which has the families " + String.join(", ", catalogue.families()));
    }
}
