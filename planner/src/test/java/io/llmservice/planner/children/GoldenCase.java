package io.llmservice.planner.children;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.policy.Policy.Allowed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One directory of golden files: a service, optionally what the administrator allows beyond the defaults, and what
 * comes out.
 */
record GoldenCase(Path directory) {

    static final Path ALL = Path.of("src/test/resources/golden");
    static final String SERVICE = "in-service.yaml";
    static final String POLICY = "in-policy.yaml";
    static final String PLAN = "out-plan.yaml";
    static final String CHILDREN = "out-children.yaml";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** What an administrator may add to the defaults. */
    private record PolicyBits(
            @Nullable NodeClassSpec nodeClass,
            @Nullable List<String> images,
            @Nullable List<String> serviceAccounts,
            @Nullable List<String> roles,
            @Nullable List<String> nodeClasses,
            @Nullable Set<String> engineFlags) {}

    static List<GoldenCase> all() {
        return list(ALL).map(GoldenCase::new).toList();
    }

    String name() {
        return directory.getFileName().toString();
    }

    LlmService service() {
        return Manifests.service(read(SERVICE));
    }

    Planning planning() {
        var standard = Planning.standard();
        if (!Files.exists(directory.resolve(POLICY))) {
            return standard;
        }
        var bits = Manifests.read(read(POLICY), PolicyBits.class);
        var safe = standard.policy().allowed();
        return standard.withNodeClass(Optional.ofNullable(bits.nodeClass())
                        .or(() -> standard.policy().nodeClass()))
                .withAllowed(new Allowed(
                        or(bits.images(), safe.images()),
                        safe.instanceTypes(),
                        or(bits.serviceAccounts(), safe.serviceAccounts()),
                        or(bits.roles(), safe.roles()),
                        or(bits.nodeClasses(), safe.nodeClasses()),
                        Optional.ofNullable(bits.engineFlags()).orElse(safe.engineFlags()),
                        safe.environment()));
    }

    Set<String> files() {
        return list(directory).map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }

    String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String plan(Decision.Proceed decision) {
        return yaml(JSON.valueToTree(decision.accepted().plan()));
    }

    /** One document for each object, sorted by kind and name. */
    static String children(Decision.Proceed decision) {
        return decision.children().apply().stream()
                .sorted(Comparator.comparing(ChildKey::of))
                .map(GoldenCase::withoutPlan)
                .map(GoldenCase::yaml)
                .collect(Collectors.joining());
    }

    /** What a ControllerRevision keeps stands in the other files. */
    private static JsonNode withoutPlan(HasMetadata child) {
        ObjectNode tree = JSON.valueToTree(child);
        tree.remove("data");
        return tree;
    }

    private static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(JSON.treeToValue(tree, TreeMap.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Path> list(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> or(@Nullable List<String> asked, List<String> standard) {
        return asked == null ? standard : asked;
    }
}
