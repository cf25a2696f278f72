package io.llmservice.operator.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Prices of an administrator's own, as a file of lines {@code instance_type,usd_per_hour}; # starts a comment. */
public final class Prices {

    private Prices() {}

    /**
     * USD an hour by instance type.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public static Map<String, Double> read(String file) throws IOException {
        var prices = new TreeMap<String, Double>();
        int number = 0;
        for (var line : Files.readAllLines(Path.of(file))) {
            number++;
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith("instance_type,")) {
                continue;
            }
            var fields = text.split(",", -1);
            if (fields.length < 2) {
                throw new IllegalArgumentException(file + ":" + number + ": expected instance_type,usd_per_hour");
            }
            prices.put(fields[0].strip(), price(fields[1].strip(), file + ":" + number));
        }
        return prices;
    }

    private static double price(String text, String where) {
        try {
            double price = Double.parseDouble(text);
            if (price > 0) {
                return price;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(where + ": " + text + " is not a price", e);
        }
        throw new IllegalArgumentException(where + ": a price is above 0");
    }
}
