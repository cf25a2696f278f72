package io.llmservice.planner.fallback;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Annotations;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fallback mode in force.
 *
 * @param mode who decides where requests go
 * @param source where that comes from, in words
 * @param problem an annotation that says nothing known and is ignored, with what it may say
 */
public record EffectiveMode(FallbackMode mode, String source, Optional<String> problem) {

    /** The annotation wins while it is there; what it may not say is ignored and told. */
    public static EffectiveMode of(LlmService service) {
        var asked = Optional.ofNullable(service.getSpec())
                .flatMap(spec -> Optional.ofNullable(spec.fallback()))
                .map(FallbackSpec::mode);
        var standard = new EffectiveMode(
                asked.orElse(FallbackMode.AUTOMATIC),
                asked.isPresent() ? "spec.fallback.mode" : "the default",
                Optional.empty());
        var annotations = Objects.requireNonNullElse(service.getMetadata().getAnnotations(), Map.<String, String>of());
        var word = annotations.get(Annotations.FALLBACK_MODE);
        if (word == null) {
            return standard;
        }
        return parse(word.strip())
                .map(mode -> new EffectiveMode(mode, "the annotation " + Annotations.FALLBACK_MODE, Optional.empty()))
                .orElseGet(() -> standard.ignoring(word));
    }

    /** The word of the API for a mode. */
    public static String word(FallbackMode mode) {
        return switch (mode) {
            case AUTOMATIC -> "Automatic";
            case FORCE_FALLBACK -> "ForceFallback";
            case FORCE_PRIMARY -> "ForcePrimary";
            case DISABLED -> "Disabled";
        };
    }

    /** The mode and where it comes from, for status. */
    public String words() {
        return word(mode) + " (" + source + ")"
                + problem.map(text -> "; " + text).orElse("");
    }

    private EffectiveMode ignoring(String word) {
        var known =
                Arrays.stream(FallbackMode.values()).map(EffectiveMode::word).collect(Collectors.joining(", "));
        var shown = word.length() <= 40 ? word : word.substring(0, 40) + "…";
        return new EffectiveMode(
                mode,
                source,
                Optional.of("the annotation %s=%s is ignored; write one of %s, or remove it"
                        .formatted(Annotations.FALLBACK_MODE, shown, known)));
    }

    private static Optional<FallbackMode> parse(String word) {
        return Arrays.stream(FallbackMode.values())
                .filter(mode -> word(mode).equals(word))
                .findFirst();
    }
}
