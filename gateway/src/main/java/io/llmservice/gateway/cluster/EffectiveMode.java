package io.llmservice.gateway.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.planner.Annotations;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which fallback mode is in force: that of the annotation, for the person at 3 a.m., before that of the spec. */
final class EffectiveMode {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EffectiveMode() {}

    /** A word that is no mode counts as if it were not there: a misspelt annotation must not change where requests go. */
    static FallbackMode of(@Nullable Map<String, String> annotations, @Nullable FallbackSpec fallback) {
        var written = annotations == null ? null : annotations.get(Annotations.FALLBACK_MODE);
        var ofSpec = fallback == null ? FallbackMode.AUTOMATIC : fallback.mode();
        return written == null ? ofSpec : parse(written).orElse(ofSpec);
    }

    /** The mode that goes by a word. */
    static Optional<FallbackMode> parse(String word) {
        return Arrays.stream(FallbackMode.values())
                .filter(mode -> JSON.convertValue(mode, String.class).equals(word.strip()))
                .findFirst();
    }
}
