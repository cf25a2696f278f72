package io.llmservice.planner.vllm;

import io.llmservice.planner.vllm.NameMatch.Ambiguous;
import io.llmservice.planner.vllm.NameMatch.Named;
import io.llmservice.planner.vllm.NameMatch.Unknown;
import io.llmservice.planner.vllm.NameMatch.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The flags of one vLLM version, and how its parser reads an argument list: Python's argparse with abbreviations, behind
 * vLLM's own rewriting of names.
 */
public final class VllmFlags {
    private static final Map<EngineVersion, VllmFlags> BY_VERSION = new ConcurrentHashMap<>();
    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d+|-\\d*\\.\\d+");
    private static final int NEAREST = 2;

    private final EngineVersion version;
    private final List<Flag> flags;
    private final Map<String, Flag> byName = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    private VllmFlags(EngineVersion version) {
        this.version = version;
        this.flags = FlagTable.flags(version);
        for (Flag flag : flags) {
            for (String name : flag.names()) {
                byName.put(name, flag);
                names.add(name);
            }
        }
    }

    /** The flags of {@code version}; of the nearest supported version where it is outside 0.18 to 0.32. */
    public static VllmFlags of(EngineVersion version) {
        EngineVersion known = version.compareTo(EngineVersion.OLDEST) < 0
                ? EngineVersion.OLDEST
                : version.isSupported() ? version : EngineVersion.NEWEST;
        return BY_VERSION.computeIfAbsent(known, VllmFlags::new);
    }

    public EngineVersion version() {
        return version;
    }

    /** Every flag, in alphabetical order of the long names. */
    public List<Flag> all() {
        return flags;
    }

    /**
     * The flag that one raw argument names, however it is spelled: {@code --max_model_len=5}, {@code --max-model},
     * {@code -tp=4}, {@code -O3}, {@code --no-enforce-eager}, {@code --compilation-config.mode}. Empty for a value, an
     * unknown name or an ambiguous abbreviation.
     */
    public Optional<Flag> resolve(String rawArgument) {
        String name = ArgumentRewriter.name(rawArgument);
        return match(name) instanceof Named named ? Optional.of(named.flag()) : Optional.empty();
    }

    /** All that this version would refuse in an argument list without the model, in the list's order. */
    public List<Problem> check(List<String> arguments) {
        return ArgumentList.read(this, arguments).problems();
    }

    /** What an argument list without the model says. */
    public ParsedArguments parse(List<String> arguments) {
        return ParsedArguments.of(read(arguments));
    }

    ArgumentList.Read read(List<String> arguments) {
        return ArgumentList.read(this, arguments);
    }

    /** Follows argparse's {@code _parse_optional} of Python 3.12, the version in vLLM's images. */
    NameMatch match(String argument) {
        if (argument.length() < 2 || argument.charAt(0) != '-') {
            return new Value(argument, false);
        }
        if (argument.equals("--")) {
            return new Value(argument, true);
        }
        int equals = argument.indexOf('=');
        String left = equals < 0 ? argument : argument.substring(0, equals);
        List<String> attached = equals < 0 ? List.of() : List.of(argument.substring(equals + 1));
        Flag whole = byName.get(argument);
        if (whole != null) {
            return new Named(whole, argument, List.of());
        }
        Flag exact = byName.get(left);
        return exact != null ? new Named(exact, left, attached) : abbreviation(argument, left, attached);
    }

    private NameMatch abbreviation(String argument, String left, List<String> attached) {
        List<NameMatch> matches = new ArrayList<>();
        Set<String> candidates = new LinkedHashSet<>();
        for (String name : names) {
            boolean letter = argument.charAt(1) != '-' && name.equals(argument.substring(0, 2));
            if (letter || name.startsWith(left)) {
                candidates.add(name);
                Flag flag = flagNamed(name);
                matches.add(new Named(flag, name, letter ? List.of(argument.substring(2)) : attached));
            }
        }
        if (candidates.size() > 1) {
            return new Ambiguous(List.copyOf(candidates));
        }
        if (!matches.isEmpty()) {
            return matches.getFirst();
        }
        boolean value = NEGATIVE_NUMBER.matcher(argument).matches() || argument.indexOf(' ') >= 0;
        return value ? new Value(argument, false) : new Unknown(left);
    }

    private Flag flagNamed(String name) {
        Flag flag = byName.get(name);
        if (flag == null) {
            throw new IllegalArgumentException("No flag is named " + name);
        }
        return flag;
    }

    /** The long names most like {@code name}, best first; none if nothing comes near. */
    List<String> nearest(String name) {
        int bound = Math.max(2, name.length() / 3);
        return names.stream()
                .filter(candidate ->
                        candidate.startsWith("--") && candidate.startsWith("--no-") == name.startsWith("--no-"))
                .filter(candidate -> distance(name, candidate) <= bound)
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    /** Levenshtein's edit distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int substituted = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(substituted, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[right.length()];
    }
}
