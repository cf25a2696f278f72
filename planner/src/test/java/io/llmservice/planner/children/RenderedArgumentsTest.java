package io.llmservice.planner.children;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.vllm.EngineVersion;
import io.llmservice.planner.vllm.VllmFlags;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every golden service rendered for every supported series of vLLM; {@link Planning} holds the arguments against its flags. */
class RenderedArgumentsTest {

    static final List<String> VERSIONS = List.of("0.18", "0.20", "0.22.1", "0.24", "0.27", "0.28", "0.30", "0.32.0");

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void everyVersionTakesTheArguments(String version) throws Exception {
        for (var golden : GoldenCase.all()) {
            var arguments = render(golden, version);
            assertThat(arguments).as(golden.name()).isNotEmpty();
            assertThat(arguments.stream().anyMatch(argument -> argument.startsWith("--max-num-queued-reqs")))
                    .as("a bounded queue in vLLM %s", version)
                    .isEqualTo(EngineVersion.parse(version).compareTo(EngineVersion.parse("0.29")) >= 0);
        }
    }

    /** The check has teeth: what a version does not know it refuses. */
    @Test
    void aFlagOfANewerVersionIsNotTaken() {
        var flags = VllmFlags.of(EngineVersion.parse("0.18"));
        assertThat(flags.check(List.of("--max-num-queued-reqs=5"))).isNotEmpty();
    }

    private static List<String> render(GoldenCase golden, String version) throws Exception {
        var decision = golden.planning().proceed(inVersion(golden, version), FakeCluster.nothing());
        return decision.children().apply().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .map(Planning::arguments)
                .findFirst()
                .orElseThrow();
    }

    private static LlmService inVersion(GoldenCase golden, String version) throws Exception {
        var yaml = new YAMLMapper();
        var tree = (ObjectNode) yaml.readTree(golden.read(GoldenCase.SERVICE));
        ((ObjectNode) tree.get("spec"))
                .withObjectProperty("engine")
                .withObjectProperty("vllm")
                .put("version", version);
        return Manifests.service(yaml.writeValueAsString(tree));
    }
}
