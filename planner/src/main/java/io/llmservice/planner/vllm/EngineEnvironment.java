package io.llmservice.planner.vllm;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which names in {@code spec.engine.vllm.env} are the operator's, and which only an administrator may allow. */
public final class EngineEnvironment {
    private static final List<Entry> ENTRIES =
            FlagTable.lines("environment-policy.csv").map(Entry::parse).toList();

    private EngineEnvironment() {}

    /** An objection to one variable. */
    public sealed interface Objection {
        String name();

        /** One sentence for the user that says what to do instead. */
        String message();

        /** The operator sets this variable itself. */
        record OwnedByOperator(String name, String instead, String reason) implements Objection {
            @Override
            public String message() {
                return instead.isEmpty()
                        ? name + " is set by the operator (" + reason + "); remove it from env."
                        : name + " is set by the operator; use " + instead + " instead.";
            }
        }

        /** This variable runs code, reads or writes files, or opens the network. */
        record NeedsAdministrator(String name, String reason) implements Objection {
            @Override
            public String message() {
                return name + " " + reason + "; an administrator must allow it in the operator's settings.";
            }
        }
    }

    private record Entry(String name, boolean prefix, boolean owned, String argument, String text) {
        static Entry parse(String line) {
            String[] columns = line.split(";", -1);
            boolean prefix = columns[0].endsWith("*");
            String name = prefix ? columns[0].substring(0, columns[0].length() - 1) : columns[0];
            return new Entry(name, prefix, columns[1].equals("operator"), columns[2], columns[3]);
        }

        boolean fits(String variable) {
            return prefix ? variable.startsWith(name) : variable.equals(name);
        }
    }

    /** All objections, in the order of {@code names}. */
    public static List<Objection> findings(Collection<String> names, Set<String> administratorAllowed) {
        return names.stream()
                .flatMap(name -> objection(name, administratorAllowed).stream())
                .toList();
    }

    /** The exact names that the operator owns, sorted; names owned by their prefix are not among them. */
    public static List<String> ownedNames() {
        return owned().filter(entry -> !entry.prefix())
                .map(Entry::name)
                .sorted()
                .toList();
    }

    private static Stream<Entry> owned() {
        return ENTRIES.stream().filter(Entry::owned);
    }

    private static Optional<Objection> objection(String name, Set<String> administratorAllowed) {
        return ENTRIES.stream()
                .filter(entry -> entry.fits(name))
                .max(Comparator.comparing((Entry entry) -> !entry.prefix())
                        .thenComparingInt(entry -> entry.name().length()))
                .filter(entry -> entry.owned() || !administratorAllowed.contains(name))
                .map(entry -> entry.owned()
                        ? new Objection.OwnedByOperator(name, entry.argument(), entry.text())
                        : new Objection.NeedsAdministrator(name, entry.text()));
    }
}
