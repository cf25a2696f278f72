package io.llmservice.planner.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A comma-separated class-path resource with a header row; lines that begin with {@code #} tell source and date. */
public final class CsvTable {
    private CsvTable() {}

    /** Reads every row of a resource, by its absolute name or that beside this class; the build ships it, so a missing one is a defect. */
    public static List<Row> read(String resource) {
        try (InputStream stream = CsvTable.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return parse(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> parse(BufferedReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> header = List.of();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> cells = List.of(line.split(",", -1));
            if (header.isEmpty()) {
                header = cells;
            } else {
                rows.add(row(header, cells));
            }
        }
        return List.copyOf(rows);
    }

    private static Row row(List<String> header, List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalStateException("expected " + header.size() + " cells: " + cells);
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            values.put(header.get(i), cells.get(i).strip());
        }
        return new Row(Map.copyOf(values));
    }

    /** One row by column name; an empty cell is an absent value. */
    public record Row(Map<String, String> cells) {
        public String text(String column) {
            @Nullable String value = cells.get(column);
            if (value == null) {
                throw new IllegalStateException("no column " + column);
            }
            return value;
        }

        public int integer(String column) {
            return Integer.parseInt(text(column));
        }

        public long whole(String column) {
            return Long.parseLong(text(column));
        }

        public double decimal(String column) {
            return Double.parseDouble(text(column));
        }

        public OptionalInt optionalInteger(String column) {
            return text(column).isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(column));
        }

        public OptionalLong optionalWhole(String column) {
            return text(column).isEmpty() ? OptionalLong.empty() : OptionalLong.of(whole(column));
        }
    }
}
