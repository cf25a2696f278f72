package io.llmservice.operator.metricsapi.pods;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Recursive descent over the grammar of label selectors; one instance reads one text. */
final class SelectorParser {
    /** The API server's bounds for label keys and values (apimachinery, validation.IsQualifiedName and IsValidLabelValue). */
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?");
    private static final String SPECIAL = "=!(),<>";
    private static final String END = "";

    private final List<String> tokens;
    private int position;

    SelectorParser(String text) {
        this.tokens = tokens(text);
    }

    List<Requirement> parse() throws MalformedSelectorException {
        List<Requirement> requirements = new ArrayList<>();
        if (peek().equals(END)) {
            return requirements;
        }
        requirements.add(requirement());
        while (!peek().equals(END)) {
            expect(",");
            requirements.add(requirement());
        }
        return requirements;
    }

    private Requirement requirement() throws MalformedSelectorException {
        if (peek().equals("!")) {
            next();
            return new Requirement.DoesNotExist(key());
        }
        String key = key();
        return switch (peek()) {
            case END, "," -> new Requirement.Exists(key);
            case "=", "==" -> {
                next();
                yield new Requirement.Equal(key, value());
            }
            case "!=" -> {
                next();
                yield new Requirement.NotIn(key, List.of(value()));
            }
            case "in" -> {
                next();
                yield new Requirement.In(key, values());
            }
            case "notin" -> {
                next();
                yield new Requirement.NotIn(key, values());
            }
            default -> throw unexpected("an operator (=, !=, in, notin) after " + key);
        };
    }

    private String key() throws MalformedSelectorException {
        if (!KEY.matcher(peek()).matches()) {
            throw unexpected("a label key");
        }
        return next();
    }

    /** A value may be empty: {@code key=}. */
    private String value() throws MalformedSelectorException {
        String value = isPunctuation(peek()) ? "" : next();
        if (!VALUE.matcher(value).matches()) {
            throw new MalformedSelectorException("'" + value + "' is not a label value");
        }
        return value;
    }

    private List<String> values() throws MalformedSelectorException {
        List<String> values = new ArrayList<>();
        expect("(");
        values.add(value());
        while (!peek().equals(")")) {
            expect(",");
            values.add(value());
        }
        expect(")");
        return values;
    }

    private void expect(String token) throws MalformedSelectorException {
        if (!peek().equals(token)) {
            throw unexpected("'" + token + "'");
        }
        next();
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : END;
    }

    private String next() {
        String token = peek();
        position++;
        return token;
    }

    private MalformedSelectorException unexpected(String wanted) {
        String found = peek().equals(END) ? "the end" : "'" + peek() + "'";
        return new MalformedSelectorException("label selector: expected " + wanted + ", found " + found);
    }

    private static boolean isPunctuation(String token) {
        return token.equals(END) || SPECIAL.indexOf(token.charAt(0)) >= 0;
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            char first = text.charAt(at);
            if (Character.isWhitespace(first)) {
                at++;
                continue;
            }
            if (text.startsWith("==", at) || text.startsWith("!=", at)) {
                at += 2;
            } else if (SPECIAL.indexOf(first) >= 0) {
                at++;
            } else {
                while (at < text.length() && isWord(text.charAt(at))) {
                    at++;
                }
            }
            tokens.add(text.substring(start, at));
        }
        return tokens;
    }

    private static boolean isWord(char character) {
        return SPECIAL.indexOf(character) < 0 && !Character.isWhitespace(character);
    }
}
