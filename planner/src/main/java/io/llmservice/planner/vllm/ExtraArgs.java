package io.llmservice.planner.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmservice.planner.vllm.ArgumentList.Use;
import io.llmservice.planner.vllm.ArgumentRewriter.DottedKey;
import io.llmservice.planner.vllm.Finding.NeedsAdministrator;
import io.llmservice.planner.vllm.Finding.OwnedByOperator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which entries of {@code spec.engine.vllm.extraArgs} may be passed on: not those that the operator renders itself, not
 * those that only an administrator may allow, and none that this vLLM version would refuse.
 */
public final class ExtraArgs {
    private ExtraArgs() {}

    /**
     * All objections to a list, in its order; an empty result means the list may be appended to the operator's own
     * arguments.
     *
     * @param administratorAllowed flags, or flags with one JSON key such as {@code --compilation-config.cache_dir}, that
     *     an administrator allows
     */
    public static List<Finding> findings(
            List<String> extraArgs, EngineVersion version, Set<String> administratorAllowed) {
        VllmFlags flags = VllmFlags.of(version);
        ArgumentList.Read read = flags.read(extraArgs);
        Set<String> allowed = administratorAllowed.stream()
                .flatMap(entry -> canonical(entry, flags).stream())
                .collect(Collectors.toUnmodifiableSet());
        return Stream.concat(read.uses().stream().flatMap(use -> objections(use, allowed)), read.problems().stream())
                .sorted(Comparator.comparingInt(Finding::index))
                .toList();
    }

    /**
     * The long names of the flags that the operator owns, sorted: for a rule that refuses the literal cases early. It
     * can't see disguises; {@link #findings} does.
     */
    public static List<String> ownedFlags() {
        return FlagPolicy.owned();
    }

    /** {@link #ownedFlags} as a list in the Common Expression Language, for a validation rule of the API's schema. */
    public static String ownedFlagsInCel() {
        return FlagPolicy.owned().stream().map(flag -> "'" + flag + "'").collect(Collectors.joining(",", "[", "]"));
    }

    /** What an administrator wrote, in the spelling that {@link #objections} compares. */
    private static Optional<String> canonical(String entry, VllmFlags flags) {
        int dot = entry.indexOf('.');
        String key = dot < 0 ? "" : entry.substring(dot);
        return flags.resolve(entry).map(flag -> flag.name() + key);
    }

    private static Stream<Finding> objections(Use use, Set<String> allowed) {
        FlagPolicy policy = FlagPolicy.of(use.flag().name());
        String name = use.flag().name();
        if (policy.rule() == FlagPolicy.Rule.OPERATOR) {
            return Stream.of(new OwnedByOperator(use.index(), name, policy.argument(), policy.text()));
        }
        if (use.negated() || allowed.contains(name)) {
            return Stream.empty();
        }
        if (policy.rule() == FlagPolicy.Rule.KEYS) {
            return guardedKeys(use, policy, allowed);
        }
        boolean open = switch (policy.rule()) {
            case OPEN, OPERATOR, KEYS -> true;
            case ADMINISTRATOR -> false;
            case VALUES -> policy.words().containsAll(use.values());
            case INLINE -> use.values().stream().allMatch(ExtraArgs::isInlineTemplate);
        };
        return open ? Stream.empty() : Stream.of(new NeedsAdministrator(use.index(), name, policy.text()));
    }

    private static Stream<Finding> guardedKeys(Use use, FlagPolicy policy, Set<String> allowed) {
        String name = use.flag().name();
        Stream<Finding> dotted = use.keys().stream()
                .filter(key -> isGuarded(topLevel(key), policy, name, allowed))
                .map(key -> new NeedsAdministrator(key.index(), name + "." + topLevel(key), policy.text()));
        Stream<Finding> written = use.keys().isEmpty()
                ? use.values().stream().flatMap(value -> guardedKeys(use, value, policy, allowed))
                : Stream.empty();
        return Stream.concat(dotted, written);
    }

    private static Stream<Finding> guardedKeys(Use use, String value, FlagPolicy policy, Set<String> allowed) {
        String name = use.flag().name();
        if (value.isEmpty() || value.equals("None")) {
            return Stream.empty();
        }
        Optional<JsonNode> object = ValueType.json(value).filter(JsonNode::isObject);
        if (object.isEmpty()) {
            return Stream.of(new NeedsAdministrator(use.index(), name, policy.text()));
        }
        return object.get()
                .propertyStream()
                .map(property -> property.getKey())
                .filter(key -> isGuarded(key, policy, name, allowed))
                .map(key -> new NeedsAdministrator(use.index(), name + "." + key, policy.text()));
    }

    private static boolean isGuarded(String key, FlagPolicy policy, String name, Set<String> allowed) {
        return !policy.words().contains(key) && !allowed.contains(name + "." + key);
    }

    private static String topLevel(DottedKey key) {
        int dot = key.path().indexOf('.');
        return dot < 0 ? key.path() : key.path().substring(0, dot);
    }

    /** vLLM first tries to open the value as a file; a Jinja tag or a line break makes it a template. */
    private static boolean isInlineTemplate(String value) {
        boolean tag = value.contains("{{") || value.contains("{%") || value.contains("\n");
        return tag && !value.startsWith("/") && !value.startsWith(".");
    }
}
