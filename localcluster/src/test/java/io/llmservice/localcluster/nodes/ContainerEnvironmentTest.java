package io.llmservice.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.llmservice.localcluster.nodes.ContainerEnvironment.Resolution;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEnvironmentTest {
    private final Pod pod = new PodBuilder()
            .withNewMetadata()
            .withName("llama-1")
            .withNamespace("models")
            .withUid("u1")
            .addToLabels("app", "llama")
            .endMetadata()
            .withNewSpec()
            .withNodeName("node-1")
            .endSpec()
            .build();

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "$(A)-$(B), 1-2",
        "$$(A), $(A)",
        "$$$(A), $1",
        "$(UNKNOWN), $(UNKNOWN)",
        "$A, $A",
        "100$, 100$",
    })
    void expandsNamesAsKubeletDoes(String text, String expected) {
        assertThat(ContainerEnvironment.expand(text, Map.of("A", "1", "B", "2")))
                .isEqualTo(expected);
    }

    @Test
    void laterVariablesSeeEarlierOnesOnly() {
        Resolution resolution = resolve(new ContainerBuilder()
                .addNewEnv()
                .withName("FIRST")
                .withValue("$(SECOND)")
                .endEnv()
                .addNewEnv()
                .withName("SECOND")
                .withValue("2")
                .endEnv()
                .addNewEnv()
                .withName("THIRD")
                .withValue("$(SECOND)!")
                .endEnv());

        assertThat(resolution)
                .isEqualTo(new Resolution.Resolved(Map.of("FIRST", "$(SECOND)", "SECOND", "2", "THIRD", "2!")));
    }

    @Test
    void readsFieldsAndResources() {
        Resolution resolution = resolve(new ContainerBuilder()
                .addNewEnv()
                .withName("IP")
                .withNewValueFrom()
                .withNewFieldRef("v1", "status.podIP")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("APP")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.labels['app']")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("MEMORY")
                .withNewValueFrom()
                .withResourceFieldRef(new ResourceFieldSelector("main", new Quantity("1Mi"), "limits.memory"))
                .endValueFrom()
                .endEnv()
                .withNewResources()
                .addToLimits("memory", new Quantity("2Gi"))
                .endResources());

        assertThat(resolution)
                .isEqualTo(new Resolution.Resolved(Map.of("IP", "127.1.2.3", "APP", "llama", "MEMORY", "2048")));
    }

    @Test
    void saysWhichKeyIsMissing() {
        assertThat(resolve(new ContainerBuilder()
                        .addNewEnv()
                        .withName("TOKEN")
                        .withValueFrom(new EnvVarSourceBuilder()
                                .withNewSecretKeyRef("absent", "hf", false)
                                .build())
                        .endEnv()))
                .isEqualTo(new Resolution.Missing("couldn't find key absent in Secret models/hf"));
    }

    @Test
    void optionalReferencesMayBeMissing() {
        assertThat(resolve(new ContainerBuilder()
                        .addNewEnv()
                        .withName("TOKEN")
                        .withValueFrom(new EnvVarSourceBuilder()
                                .withNewSecretKeyRef("token", "nothing", true)
                                .build())
                        .endEnv()
                        .addNewEnvFrom()
                        .withNewConfigMapRef("nothing", true)
                        .endEnvFrom()))
                .isEqualTo(new Resolution.Resolved(Map.of()));
    }

    @Test
    void takesWholeObjectsWithAPrefix() {
        assertThat(resolve(new ContainerBuilder()
                        .addNewEnvFrom()
                        .withPrefix("HF_")
                        .withNewSecretRef("hf", false)
                        .endEnvFrom()))
                .isEqualTo(new Resolution.Resolved(Map.of("HF_token", "s3cret")));
    }

    private Resolution resolve(ContainerBuilder container) {
        return ContainerEnvironment.resolve(container.withName("main").build(), pod, "127.1.2.3", new References());
    }

    private static final class References implements ContainerEnvironment.References {
        @Override
        public Optional<Map<String, String>> configMap(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Map<String, String>> secret(String name) {
            return name.equals("hf") ? Optional.of(Map.of("token", "s3cret")) : Optional.empty();
        }
    }
}
