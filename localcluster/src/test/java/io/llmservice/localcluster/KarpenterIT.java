package io.llmservice.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.localcluster.karpenter.Offering;
import io.llmservice.localcluster.nodes.NodeBehaviour;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KarpenterIT {
    private final LocalCluster cluster = SharedCluster.withNodes();
    private final KubernetesClient admin = cluster.adminClient();

    @AfterEach
    void restoreTheCloud() {
        cluster.karpenter().setOutOfStock(Set.of());
        cluster.nodes().setBehaviour(NodeBehaviour.healthy());
    }

    @Test
    void deploymentWithGpusGetsANodeAndGivesItBack() {
        TestPods.in(admin, "gpus");
        nodePool("gpus", "g5");
        Deployment deployment = deployment("gpus", 4);

        admin.apps()
                .deployments()
                .inNamespace("gpus")
                .withName("gpus")
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && Integer.valueOf(1).equals(now.getStatus().getReadyReplicas()),
                        40,
                        SECONDS);

        Node node = nodes("gpus").getFirst();
        assertThat(node.getMetadata().getLabels())
                .containsEntry("node.kubernetes.io/instance-type", "g5.12xlarge")
                .containsEntry("karpenter.sh/capacity-type", "spot")
                .containsEntry("karpenter.k8s.aws/instance-gpu-name", "a10g");
        assertThat(node.getStatus().getAllocatable()).containsEntry("nvidia.com/gpu", new Quantity("4"));
        admin.resource(deployment).scale(0);
        await().atMost(60, SECONDS).until(() -> nodes("gpus").isEmpty());
        // The claim goes a moment after its node.
        await().atMost(60, SECONDS).until(() -> nodeClaims("gpus").isEmpty());
    }

    @Test
    void whatIsOutOfStockIsBoughtAnotherWay() {
        TestPods.in(admin, "stock");
        nodePool("stock", "g6");
        cluster.karpenter()
                .setOutOfStock(Set.of(new Offering("g6.xlarge", "spot"), new Offering("g6.2xlarge", "spot")));

        deployment("stock", 1);

        await().atMost(40, SECONDS).until(() -> !nodes("stock").isEmpty());
        assertThat(nodes("stock").getFirst().getMetadata().getLabels())
                .containsEntry("node.kubernetes.io/instance-type", "g6.4xlarge")
                .containsEntry("karpenter.sh/capacity-type", "spot");
    }

    @Test
    void nodeWithoutDevicePluginIsReadyButHasNoGpus() {
        TestPods.in(admin, "plugin");
        nodePool("plugin", "g6e");
        cluster.nodes().setBehaviour(NodeBehaviour.withoutDevicePlugin());

        deployment("plugin", 1);

        await().atMost(40, SECONDS).until(() -> nodes("plugin").stream().anyMatch(KarpenterIT::isReady));
        assertThat(nodes("plugin").getFirst().getStatus().getAllocatable())
                .containsEntry("nvidia.com/gpu", new Quantity("0"));
        cluster.nodes().setBehaviour(NodeBehaviour.healthy());
        await().atMost(20, SECONDS)
                .until(() -> admin.pods().inNamespace("plugin").list().getItems().stream()
                        .anyMatch(KarpenterIT::isRunning));
    }

    private static boolean isRunning(Pod pod) {
        return "Running".equals(pod.getStatus().getPhase());
    }

    private static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private List<Node> nodes(String pool) {
        return admin.nodes().withLabel("karpenter.sh/nodepool", pool).list().getItems();
    }

    private List<GenericKubernetesResource> nodeClaims(String pool) {
        return admin.genericKubernetesResources("karpenter.sh/v1", "NodeClaim")
                .withLabel("karpenter.sh/nodepool", pool)
                .list()
                .getItems();
    }

    private void nodePool(String name, String family) {
        admin.resource("""
                        apiVersion: karpenter.sh/v1
                        kind: NodePool
                        metadata:
                          name: %s
                        spec:
                          template:
                            spec:
                              nodeClassRef: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: default}
                              requirements:
                              - {key: karpenter.k8s.aws/instance-family, operator: In, values: [%s]}
                              taints:
                              - {key: nvidia.com/gpu, effect: NoSchedule}
                          disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 1s}
                        """.formatted(name, family)).create();
    }

    private Deployment deployment(String name, int gpus) {
        String yaml = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %1$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      nodeSelector: {karpenter.sh/nodepool: %1$s}
                      tolerations: [{key: nvidia.com/gpu, operator: Exists}]
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: main
                        image: gpu-user
                        resources: {limits: {nvidia.com/gpu: "%2$d"}}
                """.formatted(name, gpus);
        return admin.resource(Serialization.unmarshal(yaml, Deployment.class)).create();
    }
}
