package io.llmservice.planner.fallback;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Annotations;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        return of(
                service.getMetadata().getAnnotations(),
                service.getSpec() == null ? null : service.getSpec().fallback());
    }

    /** The same for whoever has no more of a service than these. */
    public static EffectiveMode of(@Nullable Map<String, String> annotations, @Nullable FallbackSpec fallback) {
        var standard = new EffectiveMode(
                fallback == null ? FallbackMode.AUTOMATIC : fallback.mode(),
                fallback == null ? "the default" : "spec.fallback.mode",
                Optional.empty());
        var word = annotations == null ? null : annotations.get(Annotations.FALLBACK_MODE);
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
                .filter(mode -> word(mode).equalsIgnoreCase(word))
                .findFirst();
    }
}
