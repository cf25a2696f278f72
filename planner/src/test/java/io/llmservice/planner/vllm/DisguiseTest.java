package io.llmservice.planner.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.vllm.Finding.NeedsAdministrator;
import io.llmservice.planner.vllm.Finding.OwnedByOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a guarded flag is spelled, it is found; and whatever is typed, nothing is thrown. */
class DisguiseTest {
    private static final List<EngineVersion> VERSIONS = List.of(
            EngineVersion.parse("0.18.0"), EngineVersion.parse("0.22.1"),
            EngineVersion.parse("0.29.0"), EngineVersion.parse("0.32.0"));

    record Disguised(EngineVersion version, Flag flag, List<String> arguments) {}

    @Property(tries = 3000)
    void anOwnedFlagIsFoundInEveryDisguise(@ForAll("ownedFlags") Disguised disguised) {
        List<Finding> findings = ExtraArgs.findings(disguised.arguments(), disguised.version(), Set.of());

        assertThat(findings)
                .anyMatch(finding -> finding instanceof OwnedByOperator owned
                        && owned.flag().equals(disguised.flag().name()));
    }

    @Property(tries = 3000)
    void aGuardedFlagIsFoundInEveryDisguise(@ForAll("guardedFlags") Disguised disguised) {
        List<Finding> findings = ExtraArgs.findings(disguised.arguments(), disguised.version(), Set.of());

        assertThat(findings)
                .anyMatch(finding -> finding instanceof NeedsAdministrator guarded
                        && guarded.flag().startsWith(disguised.flag().name()));
    }

    @Property(tries = 2000)
    void readsAnythingWithoutThrowing(@ForAll("anything") List<String> arguments) {
        assertThat(ExtraArgs.findings(arguments, EngineVersion.NEWEST, Set.of()))
                .isNotNull();
    }

    @Provide
    Arbitrary<Disguised> ownedFlags() {
        return disguised(FlagPolicy.Rule.OPERATOR);
    }

    @Provide
    Arbitrary<Disguised> guardedFlags() {
        return disguised(FlagPolicy.Rule.ADMINISTRATOR);
    }

    @Provide
    Arbitrary<List<String>> anything() {
        Arbitrary<String> pieces = Arbitraries.of(
                "--", "-", "=", ".", "_", "a", "O", "tp", "max", "model", "len", "no-", "cc", "{", "}", "\"", " ", "3",
                "+");
        return pieces.list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts))
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<Disguised> disguised(FlagPolicy.Rule rule) {
        return Arbitraries.of(VERSIONS)
                .flatMap(version -> Arbitraries.of(VllmFlags.of(version).all().stream()
                                .filter(flag -> FlagPolicy.of(flag.name()).rule() == rule)
                                .toList())
                        .flatMap(flag -> spelled(version, flag)));
    }

    private static Arbitrary<Disguised> spelled(EngineVersion version, Flag flag) {
        List<String> spellings = new ArrayList<>();
        for (String name : flag.names()) {
            boolean harmless =
                    name.startsWith("--no-") && FlagPolicy.of(flag.name()).rule() != FlagPolicy.Rule.OPERATOR;
            if (!harmless) {
                spellings.addAll(abbreviations(VllmFlags.of(version), flag, name));
            }
        }
        return Combinators.combine(
                        Arbitraries.of(spellings),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.of("=", "separate", "dotted"),
                        Arbitraries.of(List.<String>of(), List.of("--enforce-eager"), List.of("--seed", "1")))
                .as((spelling, mask, form, before) -> {
                    List<String> arguments = new ArrayList<>(before);
                    arguments.addAll(formed(underscored(spelling, mask), flag, form));
                    return new Disguised(version, flag, List.copyOf(arguments));
                });
    }

    /** The name and every beginning of it that no other name shares. */
    private static List<String> abbreviations(VllmFlags flags, Flag flag, String name) {
        List<String> unique = new ArrayList<>();
        for (int length = 2; length <= name.length(); length++) {
            String beginning = name.substring(0, length);
            if (flags.match(beginning) instanceof NameMatch.Named named
                    && named.flag().equals(flag)) {
                unique.add(beginning);
            }
        }
        return unique;
    }

    private static String underscored(String name, int mask) {
        if (!name.startsWith("--")) {
            return name;
        }
        StringBuilder text = new StringBuilder("--");
        for (int index = 2; index < name.length(); index++) {
            boolean swap = name.charAt(index) == '-' && (mask >> (index % 31) & 1) == 1;
            text.append(swap ? '_' : name.charAt(index));
        }
        return text.toString();
    }

    private static List<String> formed(String name, Flag flag, String form) {
        if (flag.isSwitch()) {
            return List.of(name);
        }
        return switch (form) {
            case "=" -> List.of(name + "=1");
            case "separate" -> List.of(name, "1");
            default -> List.of(name + ".key", "1");
        };
    }
}
