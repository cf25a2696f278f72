package io.llmservice.planner.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Specs that the CRD's schema admits, made from the schema itself, so that a new field is tried without being named
 * here. The schema's CEL rules are not followed: what they refuse must not bring the planner down either.
 */
final class SchemaSpecs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> DURATIONS = List.of("0s", "30s", "1h30m", "999999999h");

    /** Words that lead further into the planner than random ones, by field. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry(
                    "repository",
                    List.of(
                            "Qwen/Qwen2.5-7B-Instruct",
                            "meta-llama/Meta-Llama-3-70B",
                            "casperhansen/llama-3-70b-instruct-awq",
                            "mistralai/Mixtral-8x7B-Instruct-v0.1",
                            "openai/gpt-oss-20b",
                            "someone/else",
                            "a")),
            Map.entry("revision", List.of("main", "refs/pr/1")),
            Map.entry("uri", List.of("s3://models/Qwen2.5-7B-Instruct", "s3://ab", "s3://b.c/x/")),
            Map.entry("region", List.of("eu-west-1", "-")),
            Map.entry("path", List.of("/", "/phi-4", "/a/../b//", "/ü")),
            Map.entry(
                    "reference", List.of("registry:5000/models/phi-4", "x@sha256:0", "vllm/vllm-openai:v1", ":", "@")),
            Map.entry("image", List.of("vllm/vllm-openai", "vllm/vllm-openai:v0.30.0", "elsewhere/vllm", "/", ":")),
            Map.entry(
                    "version",
                    List.of(
                            "0.18",
                            "v0.32.0",
                            "0.27.1",
                            "0.22.1+cpu",
                            "0.33.0",
                            "0.1",
                            "0.99999999999",
                            "0.30.0.post1")),
            Map.entry(
                    "extraArgs",
                    List.of(
                            "--seed=7",
                            "--enable-prefix-caching",
                            "--max_model_len",
                            "5",
                            "-tp=2",
                            "--",
                            "-",
                            "=",
                            "",
                            "--trust-remote-code",
                            "--compilation-config.mode=3",
                            "-O.x.y=",
                            "{\"a\":",
                            "--speculative-config={\"method\":\"ngram\"}")),
            Map.entry("instanceFamilies", List.of("g4dn", "g5", "g6e", "p4d", "p5", "t3", "")),
            Map.entry(
                    "instanceTypes",
                    List.of("g4dn.xlarge", "g5.2xlarge", "g5.12xlarge", "p4d.24xlarge", "g7e.2xlarge", "m5", "")),
            Map.entry("cpu", List.of("0", "0.0", "4", "1500m", "0.1", "999999999999T", "1Ti", "00000000000001")),
            Map.entry("memory", List.of("0", "1", "1Gi", "12Gi", "1T", "9999999999999Ti", "500m", "16000000000")),
            Map.entry("expireAfter", List.of("Never", "720h", "1h2m3s")),
            Map.entry("consolidateAfter", List.of("Never", "0s", "99999999h")),
            Map.entry("terminationGracePeriod", List.of("1h", "0s")),
            Map.entry("amiAlias", List.of("al2023@latest", "bottlerocket@v1.50.0")),
            Map.entry("operator", List.of("Exists", "Equal")),
            Map.entry(
                    "podLabels",
                    List.of("a", "llmservice.io/pool", "app.kubernetes.io/name", "karpenter.sh/do-not-disrupt", "")),
            Map.entry("env.name", List.of("A", "VLLM_LOGGING_LEVEL", "LD_PRELOAD", "HF_TOKEN", "_")),
            Map.entry("name", List.of("a", "chat", "phi-4", "0.x-y")),
            Map.entry("timeout", DURATIONS),
            Map.entry("window", DURATIONS),
            Map.entry("above", DURATIONS),
            Map.entry("sustainedFor", DURATIONS),
            Map.entry("openFor", DURATIONS),
            Map.entry("noTokenAfter", DURATIONS),
            Map.entry("startupTimeout", DURATIONS),
            Map.entry("request", DURATIONS),
            Map.entry("idle", DURATIONS),
            Map.entry("endpoint", List.of("chat-prod", "a")),
            Map.entry("inferenceComponentName", List.of("chat")),
            Map.entry("instanceType", List.of("ml.g5.2xlarge", "ml.x.y")),
            Map.entry("executionRole", List.of("arn:aws:iam::123456789012:role/sagemaker")),
            Map.entry("modelId", List.of("meta.llama3-70b-instruct-v1:0", "a")),
            Map.entry("url", List.of("https://models.example.com/v1", "http://169.254.169.254/", "http://[::1]:80/v1")),
            Map.entry("headers", List.of("x-team", "Authorization", "Host", "")));

    private static final Pattern UNION_MEMBER = Pattern.compile("has\\(self\\.(\\w+)\\) \\? 1 : 0");

    private SchemaSpecs() {}

    static Arbitrary<JsonNode> all() {
        return node("spec", "spec", schema());
    }

    private static JsonNode schema() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("../crds/llmservices.llmservice.io.yaml").toFile())
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arbitrary<JsonNode> node(String path, String field, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" -> schema.has("properties") ? object(path, schema) : map(path, field, schema);
            case "array" ->
                node(path, field, schema.get("items"))
                        .list()
                        .ofMinSize(schema.path("minItems").asInt(0))
                        .ofMaxSize(Math.min(3, schema.path("maxItems").asInt(3)))
                        .map(items -> JSON.arrayNode().addAll(items));
            case "string" -> string(path, field, schema);
            case "integer" ->
                integer(schema.path("minimum").asLong(0), schema.path("maximum").asLong(1L << 20));
            case "number" ->
                Arbitraries.doubles()
                        .between(
                                schema.path("minimum").asDouble(),
                                schema.path("maximum").asDouble())
                        .map(JSON::numberNode);
            case "boolean" -> Arbitraries.of(true, false).map(JSON::booleanNode);
            default -> throw new IllegalStateException(path + " has no type that can be made: " + schema);
        };
    }

    /** Mostly as small as people write them, so that not every spec is beyond all instances; now and then anything. */
    private static Arbitrary<JsonNode> integer(long least, long most) {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.longs().between(least, Math.min(most, least + 15))),
                        Tuple.of(1, Arbitraries.longs().between(least, most)))
                .map(JSON::numberNode);
    }

    private static Arbitrary<JsonNode> object(String path, JsonNode schema) {
        var required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        var union = members(schema);
        var names = new ArrayList<String>();
        var values = new ArrayList<Arbitrary<JsonNode>>();
        for (var property : schema.get("properties").properties()) {
            var name = property.getKey();
            var value = node(path + "." + name, name, property.getValue());
            names.add(name);
            values.add(required.contains(name) || union.contains(name) ? value : optional(value));
        }
        var object = Combinators.combine(values).as(made -> {
            var fields = JSON.objectNode();
            for (int i = 0; i < names.size(); i++) {
                if (!made.get(i).isMissingNode()) {
                    fields.set(names.get(i), made.get(i));
                }
            }
            return fields;
        });
        return union.isEmpty()
                ? object.map(fields -> fields)
                : Combinators.combine(object, subsets(union))
                        .as((fields, kept) -> fields.remove(union.stream()
                                .filter(member -> !kept.contains(member))
                                .toList()));
    }

    /** Members of a union, as the schema's rule for it counts them. */
    private static List<String> members(JsonNode schema) {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> rule.get("rule").asText())
                .filter(rule -> rule.endsWith("== 1"))
                .flatMap(rule -> UNION_MEMBER.matcher(rule).results().map(match -> match.group(1)))
                .toList();
    }

    /** Mostly exactly one; now and then none, or several. */
    private static Arbitrary<Set<String>> subsets(List<String> union) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(union).map(Set::of)),
                Tuple.of(1, Arbitraries.of(union).set()));
    }

    private static Arbitrary<JsonNode> optional(Arbitrary<JsonNode> value) {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just((JsonNode) MissingNode.getInstance())), Tuple.of(2, value));
    }

    private static Arbitrary<JsonNode> map(String path, String field, JsonNode schema) {
        var key = Arbitraries.of(Objects.requireNonNullElse(WORDS.get(field), List.of("a", "b.c/d", "")));
        return Arbitraries.maps(key, node(path, field + "{}", schema.get("additionalProperties")))
                .ofMaxSize(2)
                .map(entries -> {
                    ObjectNode object = JSON.objectNode();
                    new TreeMap<>(entries).forEach(object::set);
                    return object;
                });
    }

    private static Arbitrary<JsonNode> string(String path, String field, JsonNode schema) {
        if (schema.has("enum")) {
            return Arbitraries.of(StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .toList());
        }
        var words = WORDS.getOrDefault(path.contains(".env.name") ? "env.name" : field, List.of());
        if (schema.has("pattern")) {
            var pattern = schema.get("pattern").asText();
            var fitting = words.stream().filter(word -> word.matches(pattern)).toList();
            if (fitting.isEmpty()) {
                throw new IllegalStateException("name words for " + path + " that match " + pattern);
            }
            return Arbitraries.of(fitting).map(JSON::textNode);
        }
        int least = schema.path("minLength").asInt(0);
        Arbitrary<String> any = Arbitraries.strings()
                .withChars("aZ0-_./:@=% \"'\\{}$\n\u00e9\u4e2d")
                .ofMinLength(least)
                .ofMaxLength(
                        Math.max(least, Math.min(12, schema.path("maxLength").asInt(12))));
        var known = words.stream().filter(word -> word.length() >= least).toList();
        return (known.isEmpty() ? any : Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(known)), Tuple.of(1, any)))
                .map(JSON::textNode);
    }
}
