package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;

import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.Architecture;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A request that no instance could serve, whatever its size: the field of the spec that says so, and the closest way out. */
public record BadInput(String field, String message) {
    /** The first contradiction between a request and its model. */
    public static Optional<BadInput> of(SizingRequest request) {
        return context(request)
                .or(() -> workload(request))
                .or(() -> gpus(request))
                .or(() -> quantization(request));
    }

    private static Optional<BadInput> context(SizingRequest request) {
        @Nullable Integer maximum = request.architecture().maximumContext();
        return maximum == null || request.context() <= maximum
                ? Optional.empty()
                : Optional.of(new BadInput(
                        "spec.model.contextLength",
                        count(request.context()) + " tokens exceed the model's maximum; set at most "
                                + count(maximum)));
    }

    private static Optional<BadInput> workload(SizingRequest request) {
        Workload workload = request.workload();
        if (workload.tokensPerRequest() <= request.context()) {
            return Optional.empty();
        }
        return Optional.of(new BadInput(
                "spec.workload",
                "inputTokens " + count(workload.inputTokens()) + " + outputTokens " + count(workload.outputTokens())
                        + " exceed the context of " + count(request.context()) + "; raise spec.model.contextLength to "
                        + count(workload.tokensPerRequest()) + " or shorten the workload"));
    }

    private static Optional<BadInput> gpus(SizingRequest request) {
        @Nullable Integer asked = request.overrides().gpus();
        Architecture architecture = request.architecture();
        if (asked == null || architecture.divides(asked)) {
            return Optional.empty();
        }
        String possible = IntStream.rangeClosed(1, 8)
                .filter(architecture::divides)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return Optional.of(new BadInput(
                "spec.compute.gpusPerReplica",
                asked + " GPUs do not divide " + architecture.attention().heads() + " attention heads and "
                        + architecture.attention().keyValueHeads() + " key-value heads; use one of " + possible));
    }

    private static Optional<BadInput> quantization(SizingRequest request) {
        boolean twice = request.precision().onlineQuantization() != null
                && request.model().checkpoint().quantization() != Quantization.NONE;
        return twice
                ? Optional.of(
                        new BadInput(
                                "spec.engine.vllm.onlineQuantization",
                                "the checkpoint is already quantized; leave onlineQuantization out or name a 16-bit checkpoint"))
                : Optional.empty();
    }
}
