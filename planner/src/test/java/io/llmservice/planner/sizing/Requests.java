package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.catalogue.ModelMatch;

/** Requests and choices that several tests start from. */
final class Requests {
    static final ModelCatalogue MODELS = ModelCatalogue.load();
    static final InstanceCatalogue INSTANCES = InstanceCatalogue.load();

    private Requests() {}

    static SizingRequest request(String repository, Quantization quantization) {
        ModelMatch match = MODELS.find(repository).orElseThrow();
        return SizingRequest.of(new ModelFacts(
                match.architecture(), match.origin(), match.formatFor(quantization), WeightSource.HUGGING_FACE));
    }

    static InstanceChoice choose(SizingRequest request, Candidates candidates) {
        return new InstanceChooser(INSTANCES).choose(request, candidates);
    }

    static InstanceChoice.Chosen chosen(SizingRequest request, Candidates candidates) {
        if (choose(request, candidates) instanceof InstanceChoice.Chosen chosen) {
            return chosen;
        }
        throw new AssertionError("nothing was chosen: " + choose(request, candidates));
    }

    static InstanceChoice.NothingFits nothingFits(SizingRequest request, Candidates candidates) {
        if (choose(request, candidates) instanceof InstanceChoice.NothingFits nothing) {
            return nothing;
        }
        throw new AssertionError("something fits: " + choose(request, candidates));
    }

    static BadInput refused(SizingRequest request, Candidates candidates) {
        if (choose(request, candidates) instanceof InstanceChoice.Refused refused) {
            return refused.badInput();
        }
        throw new AssertionError("not refused: " + choose(request, candidates));
    }

    /** The rejection of one type, as {@code status.plan} shows it. */
    static String rejection(InstanceChoice.Chosen chosen, String type) {
        return chosen.rejections().stream()
                .filter(rejection -> rejection.instanceType().equals(type))
                .map(Rejection::reason)
                .findFirst()
                .orElse("");
    }
}
