package io.llmservice.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API as a page of Markdown: every field with type, default, bounds and the text of {@code kubectl explain}. */
final class ApiReference {

    private static final String HEAD = """
            # API reference

            Generated from the CRD by `make docs`; the same text is in `kubectl explain llmservice --recursive`.

            `llmservice.io/v1alpha1`, kind `LlmService`, short name `llm`, namespaced. A field without a default is optional
            unless it says required.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ApiReference() {}

    /** The whole page, ending in a newline. */
    static String of(JSONSchemaProps schema) {
        var reference = new ApiReference();
        for (var part : List.of("spec", "status")) {
            var partSchema = CrdDocument.property(schema, part);
            properties(partSchema).forEach((name, field) -> reference.section(part + "." + name, field));
        }
        reference.rules(schema);
        return reference.page.toString();
    }

    private void section(String path, JSONSchemaProps field) {
        page.append("\n## `")
                .append(path)
                .append("`\n\n")
                .append(field.getDescription())
                .append("\n");
        if (properties(element(field)).isEmpty()) {
            return;
        }
        var rows = new ArrayList<String>();
        collect("", element(field), rows);
        page.append("\n| field | type | default | meaning |\n|---|---|---|---|\n");
        rows.forEach(page::append);
    }

    private static void collect(String prefix, JSONSchemaProps object, List<String> rows) {
        var required = Objects.requireNonNullElse(object.getRequired(), List.<String>of());
        properties(object).forEach((name, field) -> {
            var path = prefix + name;
            rows.add("| `%s`%s | %s | %s | %s |%n"
                    .formatted(
                            path,
                            required.contains(name) ? " required" : "",
                            type(field),
                            standard(field),
                            cell(meaning(field))));
            collect(path + (isList(field) ? "[]." : "."), element(field), rows);
        });
    }

    private static String meaning(JSONSchemaProps field) {
        return Objects.requireNonNullElse(field.getDescription(), "")
                + bounds(field).map(bounds -> " (" + bounds + ")").orElse("");
    }

    private static String type(JSONSchemaProps field) {
        if (isList(field)) {
            return "list of " + type(element(field));
        }
        if (field.getAdditionalProperties() != null) {
            return "map of strings";
        }
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        return field.getType();
    }

    /** A default of an object repeats the defaults of its fields. */
    private static String standard(JSONSchemaProps field) {
        var value = field.getDefault();
        if (value == null || value.isObject()) {
            return "";
        }
        return "`" + (value.isTextual() ? value.asText() : value.toString()) + "`";
    }

    private static Optional<String> bounds(JSONSchemaProps field) {
        var low = field.getMinimum();
        var high = field.getMaximum();
        if (low != null && high != null) {
            return Optional.of(number(low) + " to " + number(high));
        }
        return Optional.ofNullable(low).map(least -> "at least " + number(least));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static boolean isList(JSONSchemaProps field) {
        return "array".equals(field.getType());
    }

    /** The schema of a list's items; of anything else, itself. */
    private static JSONSchemaProps element(JSONSchemaProps field) {
        @Nullable
        JSONSchemaProps items =
                field.getItems() == null ? null : field.getItems().getSchema();
        return items == null ? field : items;
    }

    private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
        return Objects.requireNonNullElse(schema.getProperties(), Map.of());
    }

    private void rules(JSONSchemaProps schema) {
        var messages = new ArrayList<String>();
        collectRules(schema, messages);
        page.append("\n## What the API server refuses\n\nBeyond types and bounds, with these words:\n\n");
        messages.stream()
                .distinct()
                .sorted()
                .forEach(message -> page.append("- ").append(message).append('\n'));
    }

    private static void collectRules(JSONSchemaProps schema, List<String> messages) {
        Objects.requireNonNullElse(
                        schema.getXKubernetesValidations(),
                        List.<io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule>of())
                .forEach(rule -> messages.add(rule.getMessage()));
        if (isList(schema)) {
            collectRules(element(schema), messages);
        }
        properties(schema).values().forEach(child -> collectRules(child, messages));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
