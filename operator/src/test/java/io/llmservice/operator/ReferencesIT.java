package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a spec refers to has to be there; until then nothing is made, and what serves stays. */
class ReferencesIT {

    private static final String GATED = """
            model:
              source:
                huggingFace: {repository: meta-llama/Llama-3.1-8B-Instruct, tokenSecretRef: {name: hub}}
            """;

    @Test
    void secretThatComesLaterIsTakenUp() {
        try (var operator = OperatorFixture.start()) {
            operator.apply("llm", GATED);
            assertThat(operator.awaitReason("llm", "Planned", "ReferenceMissing")
                            .message())
                    .contains("tokenSecretRef", "Secret hub", "create it");

            operator.admin.resource(secret(operator.namespace, "token")).create();

            operator.awaitReason("llm", "ObjectsApplied", "Applied");
        }
    }

    @Test
    void secretThatGoesStopsNothingThatServes() {
        try (var operator = OperatorFixture.start()) {
            var secret =
                    operator.admin.resource(secret(operator.namespace, "token")).create();
            operator.apply("llm", GATED);
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            var before = operator.awaitObject(Deployment.class, "llm", deployment -> true);

            operator.admin.resource(secret).delete();
            operator.annotate("llm", "example.com/look", "again");

            operator.awaitReason("llm", "Planned", "ReferenceMissing");
            assertThat(operator.awaitObject(Deployment.class, "llm", deployment -> true)
                            .getMetadata()
                            .getGeneration())
                    .isEqualTo(before.getMetadata().getGeneration());
        }
    }

    @Test
    void secretNeedsTheLabelThatTheAdministratorAsksFor() {
        try (var operator = OperatorFixture.in(
                TestCluster.newNamespace(), Map.of("REQUIRED_SECRET_LABEL", "llmservice.io/usable=true"))) {
            operator.admin.resource(secret(operator.namespace, "token")).create();
            operator.apply("llm", GATED);

            assertThat(operator.awaitReason("llm", "Planned", "ReferenceMissing")
                            .message())
                    .contains("lacks the label llmservice.io/usable=true");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            key        | {model: {source: {huggingFace: {repository: meta-llama/Llama-3.1-8B-Instruct, tokenSecretRef: {name: hub, key: other}}}}} | has no key other
            claim      | {model: {source: {persistentVolumeClaim: {claimName: weights, path: /Qwen2.5-7B-Instruct}}}}                          | PersistentVolumeClaim weights is not in namespace
            node pool  | {model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}, compute: {nodePool: {existing: {name: gone}}}} | NodePool gone is not in the cluster
            node class | {model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}, compute: {nodePool: {managed: {nodeClass: {ref: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: gone}}}}}} | KWOKNodeClass gone is not in the cluster
            """)
    void missing(String what, String spec, String message) {
        try (var operator = OperatorFixture.start()) {
            operator.admin.resource(secret(operator.namespace, "token")).create();
            operator.apply("llm", spec);

            assertThat(operator.awaitReason("llm", "Planned", "ReferenceMissing")
                            .message())
                    .as(what)
                    .contains(message);
        }
    }

    private static io.fabric8.kubernetes.api.model.Secret secret(String namespace, String key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("hub")
                .endMetadata()
                .addToStringData(key, "not-a-real-token")
                .build();
    }
}
