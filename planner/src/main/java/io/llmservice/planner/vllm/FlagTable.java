package io.llmservice.planner.vllm;

import io.llmservice.planner.vllm.Flag.Arity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** The resource {@code flags.csv}, whose header explains its columns, read into the flags of one version. */
final class FlagTable {
    private static final List<Row> ROWS = lines("flags.csv").map(FlagTable::row).toList();

    private FlagTable() {}

    private record Row(String names, String kind, String choices, VersionRange range) {}

    static List<Flag> flags(EngineVersion version) {
        return ROWS.stream()
                .filter(row -> row.range().contains(version))
                .map(row -> flag(row, version))
                .toList();
    }

    /** The lines of a resource beside this class, comments and empty ones left out. */
    static Stream<String> lines(String resource) {
        InputStream stream = FlagTable.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("The jar lacks its resource " + resource);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Row row(String line) {
        String[] columns = line.split(";", -1);
        return new Row(
                columns[0], columns[1], column(columns, 2), VersionRange.of(column(columns, 3), column(columns, 4)));
    }

    private static String column(String[] columns, int index) {
        return index < columns.length ? columns[index] : "";
    }

    private static Flag flag(Row row, EngineVersion version) {
        SequencedSet<String> names = new LinkedHashSet<>(inForce(row.names(), version));
        if (row.kind().equals("bool")) {
            inForce(row.names(), version).stream()
                    .filter(name -> name.startsWith("--"))
                    .map(name -> "--no-" + name.substring(2))
                    .forEach(names::add);
        }
        String kind = row.kind();
        boolean nullable = kind.contains("?");
        return new Flag(names.getFirst(), names, arity(kind), type(kind), nullable, inForce(row.choices(), version));
    }

    /** The words of a column that are in force in {@code version}, without their {@code @range}. */
    private static List<String> inForce(String column, EngineVersion version) {
        return Stream.of(column.split(" "))
                .filter(word -> !word.isEmpty())
                .flatMap(word -> inForceWord(word, version).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> inForceWord(String word, EngineVersion version) {
        int at = word.indexOf('@');
        if (at < 0) {
            return Optional.of(word);
        }
        return VersionRange.parse(word.substring(at + 1)).contains(version)
                ? Optional.of(word.substring(0, at))
                : Optional.empty();
    }

    private static Arity arity(String kind) {
        if (kind.equals("switch") || kind.equals("bool")) {
            return Arity.NONE;
        }
        if (kind.endsWith("...")) {
            return Arity.ONE_OR_MORE;
        }
        return kind.startsWith("[") ? Arity.OPTIONAL : Arity.ONE;
    }

    private static ValueType type(String kind) {
        String bare = kind.replaceAll("[\\[\\]?.]", "");
        return switch (bare) {
            case "switch", "bool" -> ValueType.NONE;
            case "text" -> ValueType.TEXT;
            case "int" -> ValueType.INTEGER;
            case "number" -> ValueType.NUMBER;
            case "size" -> ValueType.SIZE;
            case "size-or-auto" -> ValueType.SIZE_OR_AUTO;
            case "json" -> ValueType.JSON;
            case "object" -> ValueType.OBJECT;
            case "json-or-text" -> ValueType.JSON_OR_TEXT;
            case "folded" -> ValueType.FOLDED;
            default -> throw new IllegalStateException("flags.csv has an unknown kind: " + kind);
        };
    }
}
