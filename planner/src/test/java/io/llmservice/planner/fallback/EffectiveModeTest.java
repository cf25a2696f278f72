package io.llmservice.planner.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.Manifests;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The person at three in the morning wins, and a slip of theirs changes nothing. */
class EffectiveModeTest {

    private static final String SPEC = """
            model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}
            fallback: {mode: ForcePrimary, targets: [{name: a, llmService: {name: small}}]}
            """;

    @Test
    void theSpecDecidesWithoutAnAnnotation() {
        assertThat(EffectiveMode.of(Manifests.withSpec(SPEC)).words()).isEqualTo("ForcePrimary (spec.fallback.mode)");
    }

    @Test
    void theAnnotationWins() {
        assertThat(annotated("ForceFallback"))
                .returns(FallbackMode.FORCE_FALLBACK, EffectiveMode::mode)
                .returns("ForceFallback (the annotation llmservice.io/fallback-mode)", EffectiveMode::words);
    }

    @Test
    void aWordThatMeansNothingIsIgnoredAndTold() {
        var mode = annotated("fallback");
        assertThat(mode.mode()).isEqualTo(FallbackMode.FORCE_PRIMARY);
        assertThat(mode.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("fallback is ignored", "Automatic, ForceFallback, ForcePrimary, Disabled"));
    }

    private static EffectiveMode annotated(String word) {
        var service = Manifests.withSpec(SPEC);
        service.getMetadata().setAnnotations(Map.of(Annotations.FALLBACK_MODE, word));
        return EffectiveMode.of(service);
    }
}
