package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;
import static io.llmservice.planner.sizing.Figures.price;

import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.InstanceType;
import io.llmservice.planner.catalogue.WeightFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would make a request fit where nothing does: each found by trying it, so that none is an empty promise. */
final class Remedies {
    private final InstanceCatalogue catalogue;

    Remedies(InstanceCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<String> forRequest(SizingRequest request, Candidates candidates) {
        List<String> remedies = new ArrayList<>();
        fewerRequests(request, candidates).ifPresent(remedies::add);
        shorterContext(request, candidates).ifPresent(remedies::add);
        fourBits(request, candidates).ifPresent(remedies::add);
        otherType(request, candidates).ifPresent(remedies::add);
        if (remedies.isEmpty()) {
            remedies.add(
                    "choose a smaller or more strongly quantized model: no single node of the catalogue carries this one");
        }
        return remedies;
    }

    private Optional<String> fewerRequests(SizingRequest request, Candidates candidates) {
        for (int wanted = request.workload().concurrency() / 2; wanted >= 1; wanted /= 2) {
            Optional<InstanceType> type =
                    best(request.withWorkload(request.workload().withConcurrency(wanted)), candidates);
            if (type.isPresent()) {
                return Optional.of("spec.workload.concurrency " + wanted + " on "
                        + type.get().name());
            }
        }
        return Optional.empty();
    }

    private Optional<String> shorterContext(SizingRequest request, Candidates candidates) {
        long least = request.workload().tokensPerRequest();
        for (int context = request.context() / 2; context >= least; context /= 2) {
            Optional<InstanceType> type =
                    best(request.withLimits(request.limits().withContextLength(context)), candidates);
            if (type.isPresent()) {
                return Optional.of("spec.model.contextLength " + count(context) + " on "
                        + type.get().name());
            }
        }
        return Optional.empty();
    }

    private Optional<String> fourBits(SizingRequest request, Candidates candidates) {
        if (request.served().bits() != 16) {
            return Optional.empty();
        }
        SizingRequest smaller = request.withModel(request.model().withCheckpoint(WeightFormat.of(Quantization.AWQ)));
        return best(smaller, candidates).map(type -> "a 4-bit checkpoint (awq or gptq) on " + type.name());
    }

    private Optional<String> otherType(SizingRequest request, Candidates candidates) {
        return best(request, candidates.widened(catalogue))
                .map(type -> type.name()
                        + type.price().stream()
                                .mapToObj(usd -> " (" + price(usd) + ")")
                                .findFirst()
                                .orElse("")
                        + ", if spec.compute allows it");
    }

    private Optional<InstanceType> best(SizingRequest request, Candidates candidates) {
        return new InstanceChooser(catalogue)
                .ranked(request, candidates).stream().map(Sizing::type).findFirst();
    }
}
