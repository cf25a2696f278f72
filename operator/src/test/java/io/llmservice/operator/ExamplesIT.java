package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.LlmService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every manifest that a user may copy is accepted, planned and turned into objects. */
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("..", "examples");

    /** What an administrator has to allow for all of them. */
    private static final Map<String, String> ALLOWANCES = Map.of(
            "ALLOWED_ROLES", "*",
            "ALLOWED_IMAGES", "*",
            "ALLOWED_SERVICE_ACCOUNTS", "*",
            "ALLOWED_NODE_CLASSES", "*",
            "NODE_CLASS", "{ref: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: default}}");

    /** What the example for a pool that is there already finds. */
    private static final String EXISTING_POOL = """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: gpu}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: default}
                  requirements: [{key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}]
            """;

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        TestCluster.admin()
                .resource(Serialization.unmarshal(EXISTING_POOL, GenericKubernetesResource.class))
                .fieldManager("test")
                .serverSideApply();
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file ->
                            DynamicTest.dynamicTest(file.getFileName().toString(), () -> isPlannedAndApplied(file)));
        }
    }

    private static void isPlannedAndApplied(Path file) {
        try (var operator = OperatorFixture.in(TestCluster.newNamespace(), ALLOWANCES)) {
            var objects = load(operator, file);
            objects.forEach(object -> {
                if (object.getMetadata().getNamespace() == null
                        && object instanceof io.fabric8.kubernetes.api.model.Namespaced) {
                    object.getMetadata().setNamespace(operator.namespace);
                }
                operator.admin
                        .resource(object)
                        .fieldManager("test")
                        .forceConflicts()
                        .serverSideApply();
            });
            var services = objects.stream().filter(LlmService.class::isInstance).toList();
            assertThat(services).isNotEmpty();
            for (var service : services) {
                var name = service.getMetadata().getName();
                operator.awaitReason(name, "Planned", "Accepted");
                operator.awaitReason(name, "ObjectsApplied", "Applied");
            }
        }
    }

    private static List<HasMetadata> load(OperatorFixture operator, Path file) {
        try (var stream = Files.newInputStream(file)) {
            return operator.admin.load(stream).items().stream()
                    .map(ExamplesIT::typed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HasMetadata typed(HasMetadata object) {
        return object.getKind().equals(LlmService.KIND)
                ? Serialization.unmarshal(Serialization.asJson(object), LlmService.class)
                : object;
    }
}
