package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.vllm.EngineEnvironment.Objection;
import io.llmservice.planner.vllm.EngineEnvironment.Objection.NeedsAdministrator;
import io.llmservice.planner.vllm.EngineEnvironment.Objection.OwnedByOperator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineEnvironmentTest {
    @ParameterizedTest
    @ValueSource(strings = {"HOME", "USER", "HF_TOKEN", "TRITON_CACHE_DIR", "NVIDIA_VISIBLE_DEVICES", "VLLM_DP_RANK"})
    void keepsWhatTheOperatorSets(String name) {
        assertThat(EngineEnvironment.findings(List.of(name), Set.of(name)))
                .singleElement()
                .isInstanceOf(OwnedByOperator.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LD_PRELOAD",
                "PYTHONPATH",
                "PYTHONSTARTUP",
                "VLLM_PLUGINS",
                "VLLM_SERVER_DEV_MODE",
                "TRITON_PTXAS_PATH"
            })
    void leavesCodeToTheAdministrator(String name) {
        assertThat(EngineEnvironment.findings(List.of(name), Set.of()))
                .singleElement()
                .isInstanceOf(NeedsAdministrator.class);
        assertThat(EngineEnvironment.findings(List.of(name), Set.of(name))).isEmpty();
    }

    @Test
    void letsTuningThroughAndNamesTheFieldForTheRest() {
        List<Objection> objections = EngineEnvironment.findings(
                List.of("VLLM_LOGGING_LEVEL", "NCCL_DEBUG", "AWS_REGION", "OMP_NUM_THREADS"), Set.of());

        assertThat(objections)
                .singleElement()
                .satisfies(objection -> assertThat(objection.message())
                        .isEqualTo("AWS_REGION is set by the operator; use spec.model.source.s3.region instead."));
    }
}
