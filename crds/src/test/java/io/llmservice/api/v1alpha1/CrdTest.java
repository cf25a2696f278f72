package io.llmservice.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The CRD that is checked in is the one that the records say, and it reads as users expect. */
class CrdTest {

    private static final List<Path> COPIES = List.of(
            Path.of("llmservices.llmservice.io.yaml"),
            Path.of("../helm/llmservice-operator/files/llmservices.llmservice.io.yaml"));

    private static final String GENERATED = CrdDocument.generate();

    private static final JSONSchemaProps SCHEMA = CrdDocument.parse(GENERATED)
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema();

    /** Run with {@code -Dgenerate} (as {@code make generate} does) to write the copies. */
    @TestFactory
    List<DynamicTest> checkedInCopiesAreUpToDate() {
        return COPIES.stream()
                .map(copy -> DynamicTest.dynamicTest(copy.toString(), () -> upToDate(copy)))
                .toList();
    }

    private static void upToDate(Path copy) throws IOException {
        if (System.getProperty("generate") != null) {
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.writeString(copy, GENERATED);
        }
        assertThat(copy)
                .as("run `make generate` and commit the result")
                .exists()
                .content()
                .isEqualTo(GENERATED);
    }

    @Test
    void everyFieldIsDocumented() {
        var undocumented = new ArrayList<String>();
        collectUndocumented("", SCHEMA, undocumented);
        assertThat(undocumented).isEmpty();
    }

    /** Without bounds the API server prices a CEL rule too high and refuses the CRD; and a spec must not be a disk. */
    @Test
    void everyListAndStringOfTheSpecIsBounded() {
        var unbounded = new ArrayList<String>();
        collectUnbounded("spec", CrdDocument.property(SCHEMA, "spec"), unbounded);
        assertThat(unbounded).isEmpty();
    }

    /** What the API server fills in and what the records fill in are the same, so a plan made offline agrees. */
    @Test
    void defaultsOfTheSchemaAreThoseOfTheRecords() throws IOException {
        var spec = new ObjectMapper().readTree("""
                {"model": {"source": {"huggingFace": {"repository": "a/b"}}}}""");
        var fromRecords = new ObjectMapper().valueToTree(new ObjectMapper().treeToValue(spec, LlmServiceSpec.class));
        var fromSchema = spec.deepCopy();
        applyDefaults(fromSchema, CrdDocument.property(SCHEMA, "spec"));
        assertThat(prune(fromSchema)).isEqualTo(prune(fromRecords));
    }

    private static void applyDefaults(JsonNode node, JSONSchemaProps schema) {
        if (!(node instanceof com.fasterxml.jackson.databind.node.ObjectNode object)
                || schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((name, property) -> {
            if (!object.has(name) && property.getDefault() != null) {
                object.set(name, property.getDefault().deepCopy());
            }
            if (object.has(name)) {
                applyDefaults(object.get(name), property);
            }
        });
    }

    /** Drops empty objects and lists: an absent list and an empty one mean the same here. */
    private static JsonNode prune(JsonNode node) {
        if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            for (var name : names) {
                var child = prune(object.get(name));
                if (child.isContainerNode() && child.isEmpty()) {
                    object.remove(name);
                }
            }
        }
        return node;
    }

    private static void collectUndocumented(String path, JSONSchemaProps schema, List<String> found) {
        for (var entry : properties(schema).entrySet()) {
            var child = path + "." + entry.getKey();
            var standard =
                    path.isEmpty() && List.of("apiVersion", "kind", "metadata").contains(entry.getKey());
            if (!standard && (entry.getValue().getDescription() == null)) {
                found.add(child);
            }
            collectUndocumented(child, entry.getValue(), found);
        }
    }

    private static void collectUnbounded(String path, JSONSchemaProps schema, List<String> found) {
        boolean closed = schema.getEnum() != null && !schema.getEnum().isEmpty();
        switch (String.valueOf(schema.getType())) {
            case "string" -> {
                if (!closed && schema.getMaxLength() == null) {
                    found.add(path);
                }
            }
            case "array" -> {
                if (schema.getMaxItems() == null) {
                    found.add(path);
                }
                collectUnboundedItem(path, schema, found);
            }
            case "object" -> {
                if (schema.getAdditionalProperties() != null && schema.getMaxProperties() == null) {
                    found.add(path);
                }
                properties(schema).forEach((name, child) -> collectUnbounded(path + "." + name, child, found));
            }
            default -> {}
        }
    }

    private static void collectUnboundedItem(String path, JSONSchemaProps schema, List<String> found) {
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            collectUnbounded(path + "[]", schema.getItems().getSchema(), found);
        }
    }

    private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
        var items = schema.getItems() == null ? null : schema.getItems().getSchema();
        var source = items == null ? schema.getProperties() : items.getProperties();
        return source == null ? Map.of() : source;
    }
}
