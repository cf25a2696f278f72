package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.llmservice.planner.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to a service's objects when somebody changes them, the spec, or takes a name. */
class LifeIT {

    @Test
    void editedAndDeletedChildrenAreRestored() {
        try (var operator = OperatorFixture.start()) {
            operator.applySmall("llm");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");

            operator.admin
                    .services()
                    .inNamespace(operator.namespace)
                    .withName("llm")
                    .delete();
            operator.admin
                    .apps()
                    .deployments()
                    .inNamespace(operator.namespace)
                    .withName("llm")
                    .edit(deployment -> new DeploymentBuilder(deployment)
                            .editSpec()
                            .withProgressDeadlineSeconds(11)
                            .endSpec()
                            .build());

            operator.awaitObject(Service.class, "llm", service -> true);
            operator.awaitObject(
                    Deployment.class, "llm", deployment -> deployment.getSpec().getProgressDeadlineSeconds() > 600);
        }
    }

    @Test
    void scaledDeploymentKeepsItsCountThroughEveryChange() {
        try (var operator = OperatorFixture.start()) {
            operator.apply("llm", OperatorFixture.SMALL + "scaling: {maxReplicas: 5}\n");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            operator.admin
                    .apps()
                    .deployments()
                    .inNamespace(operator.namespace)
                    .withName("llm")
                    .scale(4);

            operator.apply("llm", OperatorFixture.SMALL + "scaling: {maxReplicas: 5}\nserving: {drainSeconds: 33}\n");

            operator.awaitObject(
                    Deployment.class,
                    "llm",
                    deployment -> deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()
                            == 33 + 120 + 30);
            assertThat(operator.awaitObject(Deployment.class, "llm", deployment -> true)
                            .getSpec()
                            .getReplicas())
                    .isEqualTo(4);
        }
    }

    @Test
    void whatTheSpecNoLongerAsksForIsPruned() {
        try (var operator = OperatorFixture.start()) {
            operator.apply("llm", OperatorFixture.SMALL + """
                    compute: {instanceTypes: [g5.4xlarge]}
                    serving: {networkPolicy: {mode: Enabled}}
                    """);
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            assertThat(nodePools(operator)).hasSize(1);
            operator.awaitObject(NetworkPolicy.class, "llm", policy -> true);

            operator.apply("llm", OperatorFixture.SMALL + "compute: {instanceTypes: [g5.8xlarge]}\n");

            operator.awaitGone(NetworkPolicy.class, "llm");
            await().atMost(OperatorFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(nodePools(operator))
                            .singleElement()
                            .asString()
                            .contains("g5-8xlarge"));
            await().atMost(OperatorFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(revisions(operator)).hasSize(1));
        }
    }

    @Test
    void nonsenseWhileItServesChangesNothingThatServes() {
        try (var operator = OperatorFixture.start()) {
            operator.applySmall("llm");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            var before = operator.awaitObject(Deployment.class, "llm", deployment -> true);
            var pools = nodePools(operator);

            operator.apply("llm", """
                    model: {source: {huggingFace: {repository: nobody/knows-this}}}
                    """);

            var planned = operator.awaitReason("llm", "Planned", "ModelUnknown");
            assertThat(planned.message()).contains("spec.model.architecture");
            var after = operator.awaitObject(Deployment.class, "llm", deployment -> true);
            assertThat(after.getMetadata().getGeneration())
                    .isEqualTo(before.getMetadata().getGeneration());
            assertThat(nodePools(operator)).isEqualTo(pools);

            operator.admin
                    .services()
                    .inNamespace(operator.namespace)
                    .withName("llm")
                    .delete();
            operator.awaitObject(Service.class, "llm", service -> true);
        }
    }

    @Test
    void foreignObjectOfTheSameNameIsNeverTouched() {
        try (var operator = OperatorFixture.start()) {
            var foreign =
                    operator.admin.resource(foreignService(operator.namespace)).create();

            operator.applySmall("llm");

            var condition = operator.awaitReason("llm", "ObjectsApplied", "ObjectConflict");
            assertThat(condition.message()).contains("Service " + operator.namespace + "/llm");
            assertThat(operator.awaitObject(Service.class, "llm", service -> true)
                            .getMetadata()
                            .getResourceVersion())
                    .isEqualTo(foreign.getMetadata().getResourceVersion());

            operator.admin.resource(foreign).delete();
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
        }
    }

    @Test
    void labelsAloneDoNotMakeAnObjectOurs() {
        try (var operator = OperatorFixture.start()) {
            var imitation = foreignService(operator.namespace);
            imitation.getMetadata().setLabels(Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.SERVICE, "llm"));
            var foreign = operator.admin.resource(imitation).create();

            operator.applySmall("llm");

            operator.awaitReason("llm", "ObjectsApplied", "ObjectConflict");
            assertThat(operator.awaitObject(Service.class, "llm", service -> true)
                            .getMetadata()
                            .getResourceVersion())
                    .isEqualTo(foreign.getMetadata().getResourceVersion());
        }
    }

    @Test
    void deletionLeavesNothing() {
        try (var operator = OperatorFixture.start()) {
            operator.applySmall("llm");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            assertThat(nodePools(operator)).isNotEmpty();

            operator.delete("llm");

            await().atMost(OperatorFixture.PATIENCE)
                    .until(() -> operator.service("llm").isEmpty());
            await().atMost(OperatorFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(nodePools(operator)).isEmpty());
            operator.awaitGone(Deployment.class, "llm");
            // The garbage collector looks for new kinds, such as ours, every thirty seconds.
            await().atMost(OperatorFixture.PATIENCE.multipliedBy(3))
                    .untilAsserted(() -> assertThat(revisions(operator)).isEmpty());
        }
    }

    static List<String> nodePools(OperatorFixture operator) {
        return operator
                .admin
                .genericKubernetesResources("karpenter.sh/v1", "NodePool")
                .withLabel(Labels.SERVICE_NAMESPACE, operator.namespace)
                .list()
                .getItems()
                .stream()
                .map(GenericKubernetesResource::getMetadata)
                .map(metadata -> metadata.getName())
                .sorted()
                .toList();
    }

    static List<String> revisions(OperatorFixture operator) {
        return operator.admin.apps().controllerRevisions().inNamespace(operator.namespace).list().getItems().stream()
                .map(ControllerRevision::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }

    private static Service foreignService(String namespace) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("llm")
                .endMetadata()
                .withNewSpec()
                .withPorts(new ServicePortBuilder().withPort(80).build())
                .endSpec()
                .build();
    }
}
