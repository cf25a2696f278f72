package io.llmservice.planner.vllm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the text of a flag's value must look like for vLLM's parser to take it. */
public enum ValueType {
    /** No value. */
    NONE("no value"),
    TEXT("text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    /** A whole number, or one with a suffix k, m, g, t (decimal) or K, M, G, T (binary). */
    SIZE("a whole number such as 8192 or 8k"),
    /** As {@link #SIZE}, or {@code auto}. */
    SIZE_OR_AUTO("a whole number such as 8192 or 8k, or auto"),
    JSON("JSON"),
    OBJECT("a JSON object"),
    /** JSON if it is in braces, else text. */
    JSON_OR_TEXT("JSON or text"),
    /** As text, compared with the choices in lower case and with underscores. */
    FOLDED("text");

    private static final JsonMapper JSON_READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern WHOLE = Pattern.compile("\\s*[+-]?\\d+(_\\d+)*\\s*");
    private static final Pattern SUFFIXED = Pattern.compile("\\s*\\d+(\\.\\d+)?[kmgt]\\s*|\\s*\\d+[KMGT]\\s*");
    private static final Pattern REAL = Pattern.compile(
            "(?i)\\s*[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)(e[+-]?\\d+)?\\s*|\\s*[+-]?(inf|infinity|nan)\\s*");
    private static final Pattern BRACES = Pattern.compile("(?s)\\s*\\{.*}\\s*");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    /** What to write, for a message. */
    public String words() {
        return words;
    }

    boolean isJson() {
        return this == JSON || this == OBJECT || this == JSON_OR_TEXT;
    }

    boolean accepts(String text) {
        return switch (this) {
            case NONE -> false;
            case TEXT, FOLDED -> true;
            case INTEGER -> WHOLE.matcher(text).matches();
            case NUMBER -> REAL.matcher(text).matches();
            case SIZE -> isSize(text);
            case SIZE_OR_AUTO -> isSize(text) || text.strip().equalsIgnoreCase("auto");
            case JSON -> json(text).isPresent();
            case OBJECT -> json(text).filter(JsonNode::isObject).isPresent();
            case JSON_OR_TEXT -> !BRACES.matcher(text).matches() || json(text).isPresent();
        };
    }

    /** The value as it is compared with the choices. */
    String folded(String text) {
        return this == FOLDED ? text.toLowerCase(Locale.ROOT).replace('-', '_') : text;
    }

    static Optional<JsonNode> json(String text) {
        try {
            JsonNode node = JSON_READER.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static boolean isSize(String text) {
        return WHOLE.matcher(text).matches() || SUFFIXED.matcher(text).matches();
    }
}
