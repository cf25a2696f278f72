package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VllmFlagsTest {
    private static final VllmFlags NEWEST = VllmFlags.of(EngineVersion.NEWEST);

    /** How many flags, the positional model apart, each release's own parser has. */
    @ParameterizedTest
    @CsvSource({"0.18.0, 226", "0.22.1, 262", "0.25.1, 271", "0.29.0, 293", "0.32.0, 317"})
    void knowsAsManyFlagsAsTheRelease(String version, int count) {
        assertThat(VllmFlags.of(EngineVersion.parse(version)).all()).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({
        "--max_model_len=5, --max-model-len",
        "--tensor, --tensor-parallel-size",
        "-tp=4, --tensor-parallel-size",
        "-O3, --optimization-level",
        "--no-enforce_eager, --enforce-eager",
        "--kv-transfer-config.kv_role=both, --kv-transfer-config",
        "-cc.mode, --compilation-config"
    })
    void resolvesEverySpelling(String argument, String flag) {
        assertThat(NEWEST.resolve(argument))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo(flag));
    }

    @Test
    void resolvesNothingFromAValueOrAnAmbiguousBeginning() {
        assertThat(List.of("value", "", "-", "--", "--max-num", "-d", "--nothing", "-3"))
                .allSatisfy(argument -> assertThat(NEWEST.resolve(argument)).isEmpty());
    }

    @Test
    void describesAFlag() {
        assertThat(NEWEST.resolve("--dtype")).hasValueSatisfying(flag -> {
            assertThat(flag.choices()).contains("bfloat16", "float16");
            assertThat(flag.isSwitch()).isFalse();
        });
        assertThat(NEWEST.resolve("--compilation-config"))
                .hasValueSatisfying(flag -> assertThat(flag.isJson()).isTrue());
    }

    @Test
    void knowsWhichValuesEachReleaseTakes() {
        List<String> bitsandbytes = List.of("--quantization", "bitsandbytes");

        assertThat(VllmFlags.of(EngineVersion.parse("0.27.1")).check(bitsandbytes))
                .isEmpty();
        assertThat(VllmFlags.of(EngineVersion.parse("0.28.0")).check(bitsandbytes))
                .hasSize(1);
    }

    @Test
    void everyEntryOfThePolicyIsAFlagOfSomeRelease() {
        Set<String> names = List.of("0.18.0", "0.32.0").stream()
                .flatMap(version -> VllmFlags.of(EngineVersion.parse(version)).all().stream())
                .map(Flag::name)
                .collect(Collectors.toSet());

        assertThat(FlagTable.lines("flag-policy.csv").map(line -> line.substring(0, line.indexOf(';'))))
                .doesNotHaveDuplicates()
                .allSatisfy(flag -> assertThat(names).contains(flag));
    }

    /** A reminder to decide about new flags: what sounds like a file, an address or code is not open by oversight. */
    @Test
    void whatSoundsDangerousHasARule() {
        Set<String> harmless = Set.of(
                "--enable-tokenizer-info-endpoint",
                "--disable-access-log-for-endpoints",
                "--kv-sharing-fast-prefill",
                "--config-format");

        assertThat(NEWEST.all())
                .filteredOn(flag ->
                        flag.name().matches(".*(path|file|plugin|-cls|-dir|endpoint|addr|port|ssl|-token$|module).*"))
                .filteredOn(flag -> !harmless.contains(flag.name()))
                .allSatisfy(flag -> assertThat(FlagPolicy.of(flag.name()).rule())
                        .as(flag.name())
                        .isNotEqualTo(FlagPolicy.Rule.OPEN));
    }
}
