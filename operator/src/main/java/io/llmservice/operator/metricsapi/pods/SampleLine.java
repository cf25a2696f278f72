package io.llmservice.operator.metricsapi.pods;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one line of the Prometheus text format, strictly where it belongs to a {@link Gauge} and not at all otherwise.
 *
 * <p>A line is {@code name{label="value",…} number [timestamp]}; a label's value escapes backslash, quote and line feed. Comments,
 * HELP and TYPE lines, and everything that other metrics write, is skipped unread.
 */
final class SampleLine {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final Pattern TIMESTAMP = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    /** Far beyond what a float is ever written with. */
    private static final int MAX_NUMBER_LENGTH = 64;

    private final String line;
    private int at;

    private SampleLine(String line, int at) {
        this.line = line;
        this.at = at;
    }

    /** @throws UnusableMetricsException if the line is a gauge's and cannot be read */
    static Optional<Sample> parse(String line) throws UnusableMetricsException {
        if (!line.startsWith("vllm:")) {
            return Optional.empty();
        }
        int end = 0;
        while (end < line.length() && line.charAt(end) != '{' && !isBlank(line.charAt(end))) {
            end++;
        }
        Optional<Gauge> gauge = Gauge.ofSeries(line.substring(0, end));
        if (gauge.isEmpty()) {
            return Optional.empty();
        }
        SampleLine rest = new SampleLine(line, end);
        return Optional.of(new Sample(gauge.get(), rest.labels(), rest.value()));
    }

    private Map<String, String> labels() throws UnusableMetricsException {
        Map<String, String> labels = new HashMap<>();
        skipBlanks();
        if (peek() != '{') {
            return labels;
        }
        at++;
        skipBlanks();
        while (peek() != '}') {
            String name = labelName();
            expect('=');
            if (labels.put(name, labelValue()) != null) {
                throw malformed("label " + name + " twice");
            }
            if (peek() != '}') {
                expect(',');
            }
        }
        at++;
        return labels;
    }

    private String labelName() throws UnusableMetricsException {
        int start = at;
        while (isLabelCharacter(peek(), at == start)) {
            at++;
        }
        if (at == start) {
            throw malformed("no label name");
        }
        String name = line.substring(start, at);
        skipBlanks();
        return name;
    }

    private String labelValue() throws UnusableMetricsException {
        if (peek() != '"') {
            throw malformed("a label value without a quote");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            value.append(peek() == '\\' ? escaped() : character());
        }
        at++;
        skipBlanks();
        return value.toString();
    }

    private char escaped() throws UnusableMetricsException {
        at++;
        return switch (character()) {
            case '\\' -> '\\';
            case '"' -> '"';
            case 'n' -> '\n';
            default -> throw malformed("an unknown escape");
        };
    }

    private char character() throws UnusableMetricsException {
        if (at >= line.length()) {
            throw malformed("an open label value");
        }
        return line.charAt(at++);
    }

    private double value() throws UnusableMetricsException {
        String number = word();
        double value = number(number);
        String timestamp = word();
        if (!timestamp.isEmpty() && !TIMESTAMP.matcher(timestamp).matches()) {
            throw malformed("no timestamp after the value");
        }
        if (!word().isEmpty()) {
            throw malformed("text after the timestamp");
        }
        return value;
    }

    private double number(String text) throws UnusableMetricsException {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (text.length() > MAX_NUMBER_LENGTH || !NUMBER.matcher(text).matches()) {
                    throw malformed("no number");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private String word() {
        skipBlanks();
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    private void expect(char wanted) throws UnusableMetricsException {
        if (peek() != wanted) {
            throw malformed("no '" + wanted + "'");
        }
        at++;
        skipBlanks();
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    /** The next character; a NUL, which no expectation accepts, past the end. */
    private char peek() {
        return at < line.length() ? line.charAt(at) : '\0';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean isLabelCharacter(char character, boolean first) {
        return character == '_'
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (!first && character >= '0' && character <= '9');
    }

    private UnusableMetricsException malformed(String what) {
        return new UnusableMetricsException(Reading.Failure.MALFORMED, what + " at column " + (at + 1));
    }
}
