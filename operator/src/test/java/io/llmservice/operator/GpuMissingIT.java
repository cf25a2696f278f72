package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.planner.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** A GPU node that is Ready and announces no GPU: the device plugin is missing, and nobody else would say so. */
class GpuMissingIT {

    private static final String NODE = "gpu-node-without-plugin";

    @Test
    void nodeThatIsReadyForAMinuteWithoutGpusIsNamed() {
        try (var operator = OperatorFixture.start()) {
            operator.applySmall("llm");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");

            claim(operator);
            readyNode(operator, Instant.now().minus(Duration.ofMinutes(2)));

            var condition = operator.awaitReason("llm", "NodesReady", "GpuMissing");
            assertThat(condition.message()).contains("device plugin", "toleration");
            assertThat(operator.awaitReason("llm", "Ready", "GpuMissing").message())
                    .contains("nvidia.com/gpu");
        } finally {
            TestCluster.admin().nodes().withName(NODE).delete();
        }
    }

    /** A claim as Karpenter writes it for a node that has come. */
    private static void claim(OperatorFixture operator) {
        var pool = LifeIT.nodePools(operator).getFirst();
        var claim =
                Serialization.unmarshal("""
                apiVersion: karpenter.sh/v1
                kind: NodeClaim
                metadata:
                  name: %1$s
                  labels:
                    karpenter.sh/nodepool: %2$s
                    llmservice.io/pool: any
                    llmservice.io/service: llm
                    llmservice.io/service-namespace: %3$s
                spec:
                  nodeClassRef: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: default}
                  requirements: [{key: kubernetes.io/arch, operator: In, values: [amd64]}]
                status: {nodeName: %1$s, providerID: "test://%1$s"}
                """.formatted(NODE, pool, operator.namespace), GenericKubernetesResource.class);
        operator.admin.resource(claim).create();
        operator.applyStatus(claim, "karpenter");
    }

    private static void readyNode(OperatorFixture operator, Instant since) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(NODE)
                .addToLabels(Labels.POOL, "any")
                .addToLabels(Labels.SERVICE, "llm")
                .addToLabels(Labels.SERVICE_NAMESPACE, operator.namespace)
                .endMetadata()
                .withNewStatus()
                .addToAllocatable("cpu", new Quantity("8"))
                .withConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .withMessage("ready")
                        .withLastHeartbeatTime(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                        .withLastTransitionTime(
                                since.truncatedTo(ChronoUnit.SECONDS).toString())
                        .build())
                .endStatus()
                .build();
        operator.admin.resource(node).create();
        operator.applyStatus(node, "kubelet");
    }
}
