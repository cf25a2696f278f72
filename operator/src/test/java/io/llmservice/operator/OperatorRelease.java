package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.llmservice.localcluster.LocalCluster;
import io.llmservice.localcluster.helm.Helm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What an administrator installs: everything of the chart but the pods, because tests run the operator in their own JVM,
 * under the chart's ServiceAccount and with its rights.
 */
final class OperatorRelease {

    static final String SERVICE_ACCOUNT = "llmservice-operator";
    static final Path CHART = Path.of("..", "helm", "llmservice-operator");

    private static final Set<String> PODS = Set.of("Deployment", "PodDisruptionBudget");

    private OperatorRelease() {}

    static void install(LocalCluster cluster) {
        var admin = cluster.adminClient();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(TestCluster.OPERATOR_NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        rendered(cluster).stream()
                .filter(object -> !PODS.contains(object.getKind()))
                .forEach(object -> admin.resource(object).forceConflicts().serverSideApply());
    }

    private static List<HasMetadata> rendered(LocalCluster cluster) {
        var yaml = new Helm(cluster).template(SERVICE_ACCOUNT, TestCluster.OPERATOR_NAMESPACE, CHART, "{}");
        return cluster.adminClient()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }
}
