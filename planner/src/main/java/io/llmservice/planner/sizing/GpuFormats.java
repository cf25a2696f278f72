package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.CacheType;
import io.llmservice.planner.catalogue.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which number formats of a request a GPU runs, and what to know where it runs them in another way than asked. */
final class GpuFormats {
    private GpuFormats() {}

    /** Why the GPU cannot run the request at all. */
    static Optional<String> refusal(SizingRequest request, Gpu gpu) {
        String named = gpu.name() + " (compute capability " + gpu.capability() + ")";
        if (request.precision().dataType() == DataType.BFLOAT16 && !gpu.bfloat16()) {
            return Optional.of(named + " has no bfloat16; use dataType auto or float16, or a GPU from Ampere on");
        }
        Quantization served = request.served().quantization();
        if (gpu.supports(served) == Gpu.Support.NONE) {
            return Optional.of(named + " cannot run " + word(served) + " weights");
        }
        return request.precision().cache() == CacheType.FP8 && !gpu.fp8Cache()
                ? Optional.of(named + " cannot keep its cache in fp8")
                : Optional.empty();
    }

    /** What works, but not as the words of the spec suggest. */
    static List<String> notes(SizingRequest request, Gpu gpu) {
        List<String> notes = new ArrayList<>();
        Quantization served = request.served().quantization();
        boolean arithmetic = served == Quantization.FP8 || served == Quantization.MXFP4 || served == Quantization.NVFP4;
        if (arithmetic && gpu.supports(served) == Gpu.Support.WEIGHT_ONLY) {
            notes.add(word(served) + " runs weight-only on " + gpu.name()
                    + ": it saves memory, arithmetic stays at 16 bits");
        }
        if (request.precision().dataType() == DataType.AUTO && !gpu.bfloat16()) {
            notes.add(gpu.name() + " has no bfloat16: activations are float16");
        }
        return notes;
    }

    private static String word(Quantization quantization) {
        return quantization.name().toLowerCase(Locale.ROOT);
    }
}
