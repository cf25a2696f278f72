package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.Quantization;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the catalogue found for a repository: the entry, how it was matched, and how that checkpoint stores its weights if that is known. */
public record ModelMatch(
        String repository,
        String entry,
        Architecture architecture,
        How how,
        @Nullable WeightFormat checkpoint) {
    /** How a repository was recognised. */
    public enum How {
        /** The repository itself is listed. */
        EXACT,
        /** Its name, without organisation, tuning and quantization, is that of a listed one. */
        BY_NAME
    }

    /** The weight format that the repository's name or its publisher's own format tells; empty for a plain name. */
    public Optional<WeightFormat> checkpointFormat() {
        return Optional.ofNullable(checkpoint);
    }

    /** The format to plan with when the user declares this quantization: the name may tell its bits. */
    public WeightFormat formatFor(Quantization declared) {
        boolean tellsBits = checkpoint != null
                && (checkpoint.quantization() == declared
                        || (declared == Quantization.COMPRESSED_TENSORS && checkpoint.bits() < 16));
        return tellsBits && checkpoint != null
                ? new WeightFormat(declared, checkpoint.bits())
                : WeightFormat.of(declared);
    }

    /** A warning where the declared quantization is not what the repository's name tells; compressedTensors may wrap most formats. */
    public Optional<String> mismatch(Quantization declared) {
        if (checkpoint == null) {
            return how == How.EXACT && declared != Quantization.NONE
                    ? Optional.of(
                            "spec.model.quantization says " + word(declared) + ", but " + repository
                                    + " is listed with 16-bit weights; name the quantized repository, or the engine will load 16 bits")
                    : Optional.empty();
        }
        boolean wrapped = declared == Quantization.COMPRESSED_TENSORS
                || checkpoint.quantization() == Quantization.COMPRESSED_TENSORS;
        boolean agrees = checkpoint.quantization() == declared || (wrapped && declared != Quantization.NONE);
        return agrees
                ? Optional.empty()
                : Optional.of("spec.model.quantization says " + word(declared) + ", but " + repository + " is "
                        + checkpoint.words() + "; the plan follows the spec");
    }

    private static String word(Quantization quantization) {
        return quantization.name().toLowerCase(Locale.ROOT);
    }

    /** Where the architecture comes from, for {@code status.plan}. */
    public String origin() {
        return switch (how) {
            case EXACT -> "catalogue (" + entry + ")";
            case BY_NAME -> "catalogue (" + entry + ", by the name of " + repository + ")";
        };
    }
}
