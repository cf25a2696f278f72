package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.LlmService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server itself refuses, with a message that names the field and the way out. */
class AdmissionIT {

    private static String namespace = "";

    @BeforeAll
    static void namespace() {
        namespace = TestCluster.newNamespace();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            two sources        | model: {source: {huggingFace: {repository: a/b}, s3: {uri: 's3://b/p'}}}                                | exactly one of huggingFace, s3
            no source          | model: {source: {}}                                                                                     | exactly one of huggingFace, s3
            max below min      | {model: {source: {huggingFace: {repository: a/b}}}, scaling: {minReplicas: 3, maxReplicas: 2}}          | raise maxReplicas or lower minReplicas
            scale to zero      | {model: {source: {huggingFace: {repository: a/b}}}, scaling: {minReplicas: 0}}                          | use 1 or more
            target above batch | {model: {source: {huggingFace: {repository: a/b}}}, engine: {vllm: {maxConcurrentRequests: 8}}, scaling: {targetRunningRequests: 8}} | lower the target or raise maxConcurrentRequests
            owned flag         | {model: {source: {huggingFace: {repository: a/b}}}, engine: {vllm: {extraArgs: ['--max_model_len=9']}}} | model.contextLength
            two pools          | {model: {source: {huggingFace: {repository: a/b}}}, compute: {nodePool: {existing: {name: x}, none: {}}}} | exactly one of managed, existing, none
            types and families | {model: {source: {huggingFace: {repository: a/b}}}, compute: {instanceTypes: [g5.xlarge], instanceFamilies: [g5]}} | not both
            unknown word       | {model: {source: {huggingFace: {repository: a/b}}, quantization: q4}}                                   | supported values
            negative           | {model: {source: {huggingFace: {repository: a/b}}, contextLength: -1}}                                  | should be greater than or equal to 16
            heads              | {model: {source: {huggingFace: {repository: a/b}}, architecture: {parameters: 1000000, layers: 2, hiddenSize: 64, attentionHeads: 7, keyValueHeads: 2, vocabularySize: 100}}} | multiple of keyValueHeads
            env without value  | {model: {source: {huggingFace: {repository: a/b}}}, engine: {vllm: {env: [{name: A}]}}}                 | exactly one of value, secretKeyRef
            """)
    void refuses(String what, String spec, String message) {
        assertThatThrownBy(() -> apply("llm", spec))
                .as(what)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesANameTooLongForItsChildren() {
        assertThatThrownBy(() -> apply("a".repeat(51), "model: {source: {huggingFace: {repository: a/b}}}"))
                .hasMessageContaining("choose a shorter name");
    }

    @Test
    void takesTheSmallestManifest() {
        assertThat(apply("llm", "model: {source: {huggingFace: {repository: a/b}}}")
                        .getMetadata()
                        .getUid())
                .isNotNull();
    }

    private static LlmService apply(String name, String spec) {
        var service = Serialization.unmarshal(
                "apiVersion: llmservice.io/v1alpha1\nkind: LlmService\nmetadata: {name: %s, namespace: %s}\nspec: %s\n"
                        .formatted(name, namespace, spec.startsWith("{") ? spec : "{" + spec + "}"),
                io.fabric8.kubernetes.api.model.GenericKubernetesResource.class);
        var applied = TestCluster.admin()
                .resource(service)
                .dryRun()
                .fieldManager("test")
                .serverSideApply();
        return Serialization.unmarshal(Serialization.asJson(applied), LlmService.class);
    }
}
