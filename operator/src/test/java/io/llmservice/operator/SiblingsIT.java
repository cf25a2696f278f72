package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services that want the same name, or together more GPUs than their namespace may have. */
class SiblingsIT {

    @Test
    void oldestKeepsTheModelNameAndTheOtherIsToldWhereItIsReached() {
        try (var operator = OperatorFixture.start()) {
            operator.apply("first", named("chat"));
            operator.awaitReason("first", "ModelNameUnique", "Unique");
            operator.awaitLaterSecondThan("first");
            operator.apply("second", named("chat"));

            var conflict = operator.awaitReason("second", "ModelNameUnique", "ModelNameConflict");
            assertThat(conflict.message())
                    .contains(operator.namespace + "/first", "/" + operator.namespace + "/second", "spec.model.name");
            operator.awaitReason("second", "ObjectsApplied", "Applied");
            assertThat(operator.condition("first", "ModelNameUnique"))
                    .hasValueSatisfying(
                            condition -> assertThat(condition.status()).isEqualTo("True"));

            operator.delete("first");

            operator.awaitReason("second", "ModelNameUnique", "Unique");
        }
    }

    @Test
    void youngerServiceWaitsWhenTheNamespaceHasNoGpusLeft() {
        try (var operator = OperatorFixture.in(TestCluster.newNamespace(), Map.of("MAX_GPUS_PER_NAMESPACE", "3"))) {
            operator.apply("first", OperatorFixture.SMALL + "scaling: {maxReplicas: 2}\n");
            operator.awaitReason("first", "ObjectsApplied", "Applied");
            operator.awaitLaterSecondThan("first");
            operator.apply("second", OperatorFixture.SMALL + "scaling: {maxReplicas: 2}\n");

            var limit = operator.awaitReason("second", "Planned", "GpuLimitExceeded");
            assertThat(limit.message()).contains("spec.scaling.maxReplicas", "limit of 3");
            assertThat(operator.get(Deployment.class, "second")).isNull();

            operator.apply("second", OperatorFixture.SMALL + "scaling: {maxReplicas: 1}\n");

            operator.awaitReason("second", "ObjectsApplied", "Applied");
        }
    }

    private static String named(String model) {
        return """
                model:
                  name: %s
                  source:
                    huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}
                """.formatted(model);
    }
}
