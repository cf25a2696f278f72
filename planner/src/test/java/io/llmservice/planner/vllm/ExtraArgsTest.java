package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.vllm.Finding.NeedsAdministrator;
import io.llmservice.planner.vllm.Finding.OwnedByOperator;
import io.llmservice.planner.vllm.Problem.AmbiguousFlag;
import io.llmservice.planner.vllm.Problem.BadChoice;
import io.llmservice.planner.vllm.Problem.StrayValue;
import io.llmservice.planner.vllm.Problem.UnknownFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraArgsTest {
    private static final EngineVersion NEWEST = EngineVersion.NEWEST;

    @Test
    void letsHarmlessTuningThrough() {
        List<String> arguments = List.of(
                "--enable-prefix-caching",
                "--long-prefill-token-threshold=8192",
                "-cc.cudagraph_mode",
                "FULL",
                "--tool-call-parser",
                "hermes",
                "--enable-auto-tool-choice",
                "--chat-template",
                "{% for message in messages %}{{ message.content }}{% endfor %}",
                "--generation-config",
                "vllm",
                "--no-trust-remote-code",
                "-O3");

        assertThat(findings(arguments)).isEmpty();
    }

    @Test
    void namesTheFieldToUseInstead() {
        List<Finding> findings = findings(List.of("--enforce-eager", "--max_model_len=4096"));

        assertThat(findings).singleElement().isInstanceOfSatisfying(OwnedByOperator.class, owned -> {
            assertThat(owned.index()).isEqualTo(1);
            assertThat(owned.flag()).isEqualTo("--max-model-len");
            assertThat(owned.message())
                    .isEqualTo("--max-model-len is set by the operator; use spec.model.contextLength instead.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "--max_num_seqs=4, --max-num-seqs",
        "--max-num-se=4, --max-num-seqs",
        "-tp=4, --tensor-parallel-size",
        "-t=4, --tensor-parallel-size",
        "-qfp8, --quantization",
        "-n2, --nnodes",
        "-r=1, --node-rank",
        "--device-memory-utilization=0.5, --gpu-memory-utilization",
        "--gpu_mem=0.5, --gpu-memory-utilization",
        "-dph, --data-parallel-hybrid-lb",
        "--no-enable-lora, --enable-lora",
        "--served-model-name.x=1, --served-model-name",
        "--model_loader-extra-config.concurrency=1, --model-loader-extra-config",
        "--help=all, --help",
        "-h, --help"
    })
    void seesThroughDisguisesOfOwnedFlags(String argument, String flag) {
        assertThat(findings(List.of(argument)))
                .anySatisfy(finding -> assertThat(finding)
                        .isInstanceOfSatisfying(
                                OwnedByOperator.class,
                                owned -> assertThat(owned.flag()).isEqualTo(flag)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--config=/etc/vllm.yaml",
                "--middleware=my.module.Class",
                "--logits_processors=a.B",
                "--trust-remote",
                "--worker_extension_cls=a.B",
                "--chat-template=/etc/passwd",
                "--chat-template=./template.jinja",
                "--distributed-executor-backend=my.module.Executor",
                "--generation-config=/etc",
                "--structured-outputs-config.reasoning_parser_plugin=/tmp/x.py",
                "-cc.inductor_passes.x=os.system",
                "--compilation_config={\"debug_dump_path\":\"/tmp\"}",
                "--logging-config.pylogging_config_file=/tmp/x",
                "--kv-transfer-config.kv_connector=X",
                "--hf-overrides={\"architectures\":[\"X\"]}",
                "-sc.model=someone/else",
                "--ssl-keyfile=/k"
            })
    void leavesCodeFilesAndNetworkToTheAdministrator(String argument) {
        assertThat(findings(List.of(argument)))
                .singleElement()
                .isInstanceOfSatisfying(
                        NeedsAdministrator.class,
                        guarded -> assertThat(guarded.message()).contains("an administrator must allow it"));
    }

    @Test
    void anAdministratorMayAllowAFlagOrOneOfItsKeys() {
        Set<String> allowed = Set.of("--trust_remote_code", "--compilation-config.cache_dir");
        List<String> arguments =
                List.of("--trust-remote-code", "-cc.cache_dir=/cache/x", "--compilation-config.backend=my.Backend");

        assertThat(ExtraArgs.findings(arguments, NEWEST, allowed))
                .singleElement()
                .isEqualTo(new NeedsAdministrator(2, "--compilation-config.backend", "imports code or writes files"));
    }

    @Test
    void anAdministratorCannotGiveAwayWhatTheOperatorOwns() {
        assertThat(ExtraArgs.findings(List.of("--port=9000"), NEWEST, Set.of("--port")))
                .singleElement()
                .isInstanceOf(OwnedByOperator.class);
    }

    @Test
    void refusesWhatThisVersionWouldRefuse() {
        assertThat(ExtraArgs.findings(List.of("--sse-keep-alive-interval=5"), EngineVersion.parse("0.22.1"), Set.of()))
                .singleElement()
                .isInstanceOf(UnknownFlag.class);
        assertThat(findings(List.of("--sse-keep-alive-interval=5"))).isEmpty();
        assertThat(findings(List.of("--uvicorn-log-level", "loud")))
                .singleElement()
                .isInstanceOf(BadChoice.class);
        assertThat(findings(List.of("--enable-prefix-cachin", "--max-num", "4")))
                .hasAtLeastOneElementOfType(AmbiguousFlag.class);
    }

    @Test
    void suggestsTheNearestFlag() {
        assertThat(findings(List.of("--enable-prefix-cashing")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("vLLM 0.32.0 has no flag --enable-prefix-cashing; did you mean "
                                + "--enable-prefix-caching?"));
    }

    @Test
    void refusesAValueThatWouldBecomeTheModel() {
        assertThat(findings(List.of("someone/else", "--enforce-eager", "true")))
                .containsExactly(new StrayValue(0, "someone/else"), new StrayValue(2, "true"));
        assertThat(findings(List.of("--", "x"))).hasSize(2);
    }

    @Test
    void listsTheOwnedFlagsForTheSchema() {
        assertThat(ExtraArgs.ownedFlags())
                .contains("--model", "--port", "--tensor-parallel-size", "--enable-lora")
                .isSorted();
        assertThat(ExtraArgs.ownedFlagsInCel()).startsWith("['--api-key','--data-parallel-address',");
    }

    private static List<Finding> findings(List<String> arguments) {
        return ExtraArgs.findings(arguments, NEWEST, Set.of());
    }
}
