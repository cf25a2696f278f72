package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.llmservice.api.v1alpha1.OwnedObject;
import org.junit.jupiter.api.Test;

/** One applied LlmService becomes every object that it takes to serve. */
class CreationIT {

    @Test
    void smallestManifestBecomesEverythingItTakes() {
        try (var operator = OperatorFixture.start()) {
            operator.applySmall("qwen");

            operator.awaitReason("qwen", "ObjectsApplied", "Applied");
            var deployment = operator.awaitObject(Deployment.class, "qwen", object -> true);
            operator.awaitObject(Service.class, "qwen", object -> true);
            operator.awaitObject(ServiceAccount.class, "qwen", object -> true);
            operator.awaitObject(PodDisruptionBudget.class, "qwen", object -> true);
            operator.awaitObject(HorizontalPodAutoscaler.class, "qwen", object -> true);

            var status = operator.awaitObserved("qwen");
            assertThat(status.objects())
                    .extracting(OwnedObject::kind)
                    .contains("ControllerRevision", "NodePool", "Deployment", "HorizontalPodAutoscaler", "PodMonitor");
            assertThat(operator.awaitPlan("qwen").instanceType()).startsWith("g5.");
            assertThat(status.endpoint()).isEqualTo("http://qwen." + operator.namespace + ".svc:8000/v1");
            assertThat(deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getArgs())
                    .contains("Qwen/Qwen2.5-7B-Instruct", "--served-model-name=qwen");
        }
    }

    @Test
    void newDeploymentStartsAtItsFewestReplicas() {
        try (var operator = OperatorFixture.start()) {
            operator.apply("qwen", OperatorFixture.SMALL + "scaling: {minReplicas: 3, maxReplicas: 5}\n");

            operator.awaitObject(
                    Deployment.class, "qwen", deployment -> deployment.getSpec().getReplicas() == 3);
        }
    }
}
