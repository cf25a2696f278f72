package io.llmservice.localcluster.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes metrics in Prometheus' text format, labels in alphabetical order as vLLM's client library does. */
final class PrometheusText {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> common;

    /** @param common the labels that every metric has */
    PrometheusText(Map<String, String> common) {
        this.common = Map.copyOf(common);
    }

    /** Counts observations by size. */
    static final class Histogram {
        private final double[] bounds;
        private final long[] counts;
        private double sum;

        Histogram(double... bounds) {
            this.bounds = bounds.clone();
            this.counts = new long[bounds.length + 1];
        }

        synchronized void observe(double value) {
            int bucket = 0;
            while (bucket < bounds.length && value > bounds[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            sum += value;
        }

        private synchronized List<String> lines(String name, PrometheusText into) {
            List<String> lines = new ArrayList<>();
            long cumulative = 0;
            for (int bucket = 0; bucket < counts.length; bucket++) {
                cumulative += counts[bucket];
                String bound = bucket < bounds.length ? number(bounds[bucket]) : "+Inf";
                lines.add(into.line(name + "_bucket", Map.of("le", bound), (double) cumulative));
            }
            lines.add(into.line(name + "_count", Map.of(), (double) cumulative));
            lines.add(into.line(name + "_sum", Map.of(), sum));
            return lines;
        }
    }

    PrometheusText gauge(String name, String help, double value) {
        return family(name, help, "gauge", List.of(line(name, Map.of(), value)));
    }

    /** A gauge with one more label, and a value for each of that label's. */
    PrometheusText gauges(String name, String help, String label, Map<String, Double> values) {
        return family(name, help, "gauge", labelled(name, label, values));
    }

    /** A gauge that is always 1 and whose labels tell something. */
    PrometheusText info(String name, String help, Map<String, String> labels) {
        return family(name, help, "gauge", List.of(line(name, labels, 1)));
    }

    PrometheusText counter(String name, String help, long value) {
        return family(name, help, "counter", List.of(line(name, Map.of(), (double) value)));
    }

    /** A counter with one more label, and a value for each of that label's. */
    PrometheusText counters(String name, String help, String label, Map<String, Double> values) {
        return family(name, help, "counter", labelled(name, label, values));
    }

    PrometheusText histogram(String name, String help, Histogram histogram) {
        return family(name, help, "histogram", histogram.lines(name, this));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private List<String> labelled(String name, String label, Map<String, Double> values) {
        return values.entrySet().stream()
                .map(value -> line(name, Map.of(label, value.getKey()), value.getValue()))
                .toList();
    }

    private PrometheusText family(String name, String help, String type, List<String> lines) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        lines.forEach(text::append);
        return this;
    }

    private String line(String name, Map<String, String> labels, double value) {
        Map<String, String> all = new TreeMap<>(common);
        all.putAll(labels);
        String written = all.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        return name + (all.isEmpty() ? "" : written) + " " + number(value) + "\n";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return Double.toString(value);
    }
}
