package io.llmservice.gateway.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.llmservice.gateway.request.BodyMarks.Span;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a request's body in one pass, without building a tree of it. What it says of bad input holds nothing of the input. */
public final class RequestScanner {

    private static final int MAX_FIELDS = 256;
    private static final Set<String> PROMPT = Set.of("messages", "prompt", "input", "system", "tools", "instructions");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNameLength(4096)
                    .maxNumberLength(100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Set<String> fields = new LinkedHashSet<>();
    private final PromptReader prompt = new PromptReader();
    private Optional<String> model = Optional.empty();
    private boolean stream;
    private Optional<Boolean> includeUsage = Optional.empty();
    private Optional<Integer> maxTokens = Optional.empty();
    private int open;
    private Optional<Span> modelSpan = Optional.empty();
    private Optional<Span> optionsSpan = Optional.empty();
    private Optional<Integer> optionsOpen = Optional.empty();
    private Optional<Span> usageSpan = Optional.empty();
    private Optional<String> field = Optional.empty();

    private RequestScanner() {}

    /** Reads a body. The result is either all that is known of it or the error that its sender gets. */
    public static Scanned scan(byte[] body) {
        if (body.length == 0) {
            return new Scanned.Refused(
                    invalid("The request has no body. Send a JSON object with a model.", Optional.empty()));
        }
        if (body[0] == 0 || (body.length > 1 && (body[1] == 0 || (body[0] & 0xFE) == 0xFE))) {
            return new Scanned.Refused(invalid("The body is not UTF-8. Send JSON in UTF-8.", Optional.empty()));
        }
        return new RequestScanner().read(body);
    }

    private Scanned read(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            Optional<Refusal> refusal = readObject(parser);
            return refusal.<Scanned>map(Scanned.Refused::new).orElseGet(this::found);
        } catch (JacksonException broken) {
            long at = broken.getLocation() == null ? -1 : broken.getLocation().getByteOffset();
            String place = at < 0 ? "" : " near byte " + at;
            return new Scanned.Refused(invalid(
                    "The body is not JSON that can be read" + place
                            + ": it is broken, nested too deeply, or holds a name or number that is too long.",
                    named(field)));
        } catch (IOException | IllegalStateException unreadable) {
            return new Scanned.Refused(invalid("The body can't be read as JSON.", named(field)));
        }
    }

    private Scanned found() {
        RequestScan scan = new RequestScan(
                model,
                stream,
                includeUsage,
                maxTokens,
                List.copyOf(fields),
                prompt.blocks(model.orElse("")),
                prompt.characters());
        return new Scanned.Found(scan, new BodyMarks(open, modelSpan, optionsSpan, optionsOpen, usageSpan));
    }

    private Optional<Refusal> readObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.of(invalid("The body must be a JSON object.", Optional.empty()));
        }
        open = end(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            field = Optional.of(name);
            if (!fields.add(name)) {
                return Optional.of(
                        invalid("The field " + quoted(name) + " is there twice. Send it once.", named(field)));
            }
            if (fields.size() > MAX_FIELDS) {
                return Optional.of(invalid("The body has more than " + MAX_FIELDS + " fields.", Optional.empty()));
            }
            parser.nextToken();
            Optional<Refusal> refusal = readField(name, parser);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        field = Optional.empty();
        if (parser.nextToken() != null) {
            return Optional.of(invalid("Something follows the JSON object in the body.", Optional.empty()));
        }
        return Optional.empty();
    }

    private Optional<Refusal> readField(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "model" -> {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    return Optional.of(invalid("The field 'model' must be a string.", Optional.of("model")));
                }
                int from = start(parser);
                model = Optional.of(parser.getText());
                modelSpan = Optional.of(new Span(from, end(parser)));
            }
            case "stream" -> {
                Optional<Boolean> value = flag(parser);
                if (value.isEmpty() && parser.currentToken() != JsonToken.VALUE_NULL) {
                    return Optional.of(invalid("The field 'stream' must be true or false.", Optional.of("stream")));
                }
                stream = value.orElse(false);
            }
            case "stream_options" -> {
                return readOptions(parser);
            }
            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> readMaxTokens(name, parser);
            default -> {
                if (PROMPT.contains(name)) {
                    prompt.take(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> readOptions(JsonParser parser) throws IOException {
        int from = start(parser);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            optionsOpen = Optional.of(end(parser));
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean usage = parser.currentName().equals("include_usage");
                parser.nextToken();
                if (usage) {
                    Optional<Boolean> value = flag(parser);
                    if (usageSpan.isPresent() || (value.isEmpty() && parser.currentToken() != JsonToken.VALUE_NULL)) {
                        return Optional.of(invalid(
                                "stream_options.include_usage must be there once and be true or false.",
                                Optional.of("stream_options")));
                    }
                    usageSpan = Optional.of(new Span(start(parser), end(parser)));
                    includeUsage = value;
                } else {
                    parser.skipChildren();
                }
            }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            return Optional.of(invalid("The field 'stream_options' must be an object.", Optional.of("stream_options")));
        }
        optionsSpan = Optional.of(new Span(from, end(parser)));
        return Optional.empty();
    }

    private void readMaxTokens(String name, JsonParser parser) throws IOException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT;
        if (fits && (maxTokens.isEmpty() || name.equals("max_completion_tokens"))) {
            maxTokens = Optional.of(parser.getIntValue());
        }
        parser.skipChildren();
    }

    private static Optional<Boolean> flag(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> Optional.of(true);
            case VALUE_FALSE -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static int start(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /** Only a name that looks like a field of the API is said back: anything else could be text of a prompt. */
    private static Optional<String> named(Optional<String> name) {
        return name.filter(field -> NAME.matcher(field).matches());
    }

    private static String quoted(String name) {
        return NAME.matcher(name).matches() ? "'" + name + "'" : "with a strange name";
    }

    private static Refusal invalid(String message, Optional<String> param) {
        return new Refusal(400, "invalid_request_error", "invalid_request", message, param, Optional.empty());
    }
}
