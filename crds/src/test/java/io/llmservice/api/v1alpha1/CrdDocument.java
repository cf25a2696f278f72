package io.llmservice.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The CRD as YAML: what fabric8's generator makes of the records, and what it has no annotation for. */
final class CrdDocument {

    /** Lists that several writers share under server-side apply, with the keys that tell entries apart. */
    private static final Map<String, List<String>> MAP_LISTS = Map.of(
            "conditions", List.of("type"),
            "nodes", List.of("name"),
            "objects", List.of("kind", "name"),
            "sageMaker", List.of("target"));

    /** The generator sorts columns by path; users read them in this order. */
    private static final List<String> COLUMNS = List.of(
            "Model",
            "Ready replicas",
            "Desired",
            "Instance",
            "GPUs",
            "Ready",
            "Reason",
            "Breaker",
            "Age",
            "Endpoint",
            "Plan");

    private static final long MAX_WORD_LENGTH = 1024;

    private CrdDocument() {}

    /** The whole document, ending in a newline. */
    static String generate() {
        var bytes = new ByteArrayOutputStream();
        new CRDGenerator()
                .withOutput(new InMemoryOutput(bytes))
                .forCRDVersions("v1")
                .customResourceClasses(LlmService.class)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata document, String version) {
                        return postProcess(document);
                    }
                })
                .withMinQuotes(true)
                .generate();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static HasMetadata postProcess(HasMetadata document) {
        var version =
                ((CustomResourceDefinition) document).getSpec().getVersions().getFirst();
        var schema = version.getSchema().getOpenAPIV3Schema();
        var status = property(schema, "status").getProperties();
        MAP_LISTS.forEach((field, keys) -> {
            JSONSchemaProps list = Objects.requireNonNull(status.get(field), field);
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(keys);
        });
        boundWords(property(schema, "spec"));
        schema.setDescription("A served model: vLLM pods, the GPU nodes they need, autoscaling and monitoring.");
        version.setAdditionalPrinterColumns(version.getAdditionalPrinterColumns().stream()
                .sorted(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName())))
                .toList());
        return document;
    }

    /** Strings in lists and maps have no place for an annotation of their own. */
    private static void boundWords(JSONSchemaProps schema) {
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(CrdDocument::boundWords);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            boundWord(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            boundWord(schema.getAdditionalProperties().getSchema());
        }
    }

    private static void boundWord(JSONSchemaProps schema) {
        if ("string".equals(schema.getType()) && schema.getMaxLength() == null) {
            schema.setMaxLength(MAX_WORD_LENGTH);
        } else {
            boundWords(schema);
        }
    }

    static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    static CustomResourceDefinition parse(String yaml) {
        return Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    }

    private record InMemoryOutput(ByteArrayOutputStream bytes)
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public void close() {}
    }
}
