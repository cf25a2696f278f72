package io.llmservice.operator.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.binaries.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The chart as Helm renders it, without a cluster. */
final class Chart {

    private static final String DIRECTORY =
            Checkout.ROOT.resolve("helm/llmservice-operator").toString();

    /** A Helm that does not know the cluster's version takes an old one. */
    private static final List<String> VERSION = List.of("--kube-version", "1.34.0");

    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<JsonNode> objects;

    private Chart(List<JsonNode> objects) {
        this.objects = objects;
    }

    /** What a Helm command said, and whether it was content. */
    record Result(int exit, String output) {}

    static Chart render(String... options) throws IOException, InterruptedException {
        var result = template(options);
        if (result.exit() != 0) {
            throw new IllegalStateException(result.output());
        }
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(result.output())) {
            return new Chart(documents.readAll().stream()
                    .filter(document -> document != null && document.isObject())
                    .toList());
        }
    }

    static Result template(String... options) throws IOException, InterruptedException {
        return helm(List.of("template", "llmservice-operator", DIRECTORY, "--namespace", "llmservice-system"), options);
    }

    static Result lint(String... options) throws IOException, InterruptedException {
        return helm(List.of("lint", "--strict", DIRECTORY), options);
    }

    Stream<JsonNode> objects(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    JsonNode only(String kind, String name) {
        return objects(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + kind + " " + name));
    }

    /** The operator's pod. */
    JsonNode pod() {
        return pod("operator");
    }

    /** The pod of a component: {@code operator} or {@code gateway}. */
    JsonNode pod(String component) {
        return objects("Deployment")
                .filter(deployment -> deployment
                        .at("/spec/template/metadata/labels")
                        .path("app.kubernetes.io/component")
                        .asText()
                        .equals(component))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Deployment of the " + component))
                .at("/spec/template/spec");
    }

    /** The container's variables that have a value of their own. */
    Map<String, String> environment() {
        return environment("operator");
    }

    /** The same of a component's container. */
    Map<String, String> environment(String component) {
        var environment = new TreeMap<String, String>();
        pod(component).at("/containers/0/env").forEach(variable -> {
            if (variable.has("value")) {
                environment.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        });
        return environment;
    }

    /** The rules of a role, one line for each kind: {@code group/resource[names]: verbs}. */
    static List<String> rights(JsonNode role) {
        var lines = new ArrayList<String>();
        for (var rule : role.path("rules")) {
            for (var resource : words(rule.path("resources"))) {
                var names = words(rule.path("resourceNames"));
                lines.add("%s/%s%s: %s"
                        .formatted(
                                rule.at("/apiGroups/0").asText(),
                                resource,
                                names.isEmpty() ? "" : names.toString(),
                                String.join(" ", words(rule.path("verbs")))));
            }
        }
        Collections.sort(lines);
        return lines;
    }

    static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Result helm(List<String> arguments, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Binaries.fromEnvironment(System.err::println)
                .locate(Program.HELM)
                .toString());
        command.addAll(arguments);
        command.addAll(VERSION);
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
