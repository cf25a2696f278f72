package io.llmservice.operator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.SizedPlans;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.llmservice.planner.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example says what it shows, has no field that the API lacks, and gets a plan. */
class ExamplesTest {

    private static final YAMLMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What the examples' comments ask an administrator to allow. */
    private static final Policy POLICY = new Policy(
            new Policy.Allowed(
                    List.of("vllm/vllm-openai", "registry.example.com/models/*"),
                    List.of("*"),
                    List.of("model-reader"),
                    List.of("KarpenterNodeRole-example"),
                    List.of(),
                    Set.of(),
                    Set.of()),
            Policy.safeDefaults().engine(),
            Optional.of(new NodeClassSpec(null, new NodeClassReference("karpenter.k8s.aws", "EC2NodeClass", "gpu"))),
            64,
            Optional.empty(),
            FallbackPolicy.of(FallbackLimits.NOTHING));

    @TestFactory
    Stream<DynamicTest> everyExampleGetsAPlan() {
        return Checkout.files("examples", ".yaml").stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    assertThat(Files.readString(file)).startsWith("# ");
                    assertThat(decide(service(file)))
                            .isInstanceOfSatisfying(
                                    Decision.Proceed.class,
                                    proceed -> assertThat(proceed.children().apply())
                                            .isNotEmpty());
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "quickstart.yaml, g5.2xlarge",
        "llama-3-70b-fp16.yaml, p4d.24xlarge",
        "llama-3-70b-awq.yaml, g5.12xlarge",
        "existing-nodepool.yaml, g5.2xlarge"
    })
    void exampleGetsTheInstanceThatItsCommentPromises(String example, String instanceType) throws IOException {
        var decision = decide(service(Checkout.ROOT.resolve("examples").resolve(example)));

        assertThat(decision.inForce().orElseThrow().plan().instanceType()).isEqualTo(instanceType);
    }

    private static Decision decide(LlmService service) {
        var planner =
                new ServicePlanner(POLICY, new SizedPlans(ModelCatalogue.load(), InstanceCatalogue.load(), POLICY));
        return planner.decide(
                service,
                new Observation(
                        List.of(),
                        Optional.empty(),
                        Observation.Fleet.NOTHING,
                        Set.of(),
                        List.of(),
                        List.of(),
                        Instant.EPOCH));
    }

    private static LlmService service(Path file) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            for (var document : documents.readAll()) {
                if (document.path("kind").asText().equals(LlmService.KIND)) {
                    var service = YAML.treeToValue(document, LlmService.class);
                    service.getMetadata().setNamespace("default");
                    service.getMetadata().setUid("0f7c1d2e");
                    service.getMetadata().setAnnotations(Map.of());
                    service.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
                    return service;
                }
            }
        }
        throw new IllegalStateException(file + " holds no LlmService");
    }
}
