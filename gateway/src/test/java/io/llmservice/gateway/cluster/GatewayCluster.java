package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.ClusterOptions;
import io.llmservice.localcluster.LocalCluster;
import io.llmservice.localcluster.helm.Helm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cluster that these tests share, with all of the chart but its pods. Nothing but the API server and its controllers acts
 * in it; each test has a namespace of its own and the rights of the gateway's ServiceAccount.
 */
final class GatewayCluster {

    static final String NAMESPACE = "llmservice-system";
    static final String SERVICE_ACCOUNT = "llmservice-operator-gateway";

    private static final Set<String> PODS = Set.of("Deployment", "PodDisruptionBudget");
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private GatewayCluster() {}

    static KubernetesClient admin() {
        return Prepared.CLUSTER.adminClient();
    }

    static String url() {
        return Prepared.CLUSTER.url();
    }

    /** A client with the gateway's rights and nothing more. */
    static KubernetesClient gatewayClient() {
        return Prepared.CLUSTER.clientFor(NAMESPACE, SERVICE_ACCOUNT);
    }

    /** How often somebody wrote the status of a service. */
    static long statusWrites(String namespace, String service) {
        return Prepared.CLUSTER.auditLog().all().stream()
                .filter(write -> write.namespace().equals(namespace)
                        && write.name().equals(service)
                        && write.subresource().equals("status"))
                .count();
    }

    /** A namespace that no other test uses. */
    static String newNamespace() {
        var name = "test-" + NAMESPACES.incrementAndGet();
        create(admin(), name);
        return name;
    }

    private static void create(KubernetesClient admin, String namespace) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static final class Prepared {

        private static final LocalCluster CLUSTER = prepare();

        private static LocalCluster prepare() {
            var directory = Path.of(
                    "target", "gateway-cluster-" + ProcessHandle.current().pid());
            var cluster = LocalCluster.start(ClusterOptions.in(directory).withCrds(Set.of()));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cluster::close));
            cluster.installCrdFiles(List.of(Path.of("../crds/llmservices.llmservice.io.yaml")));
            create(cluster.adminClient(), NAMESPACE);
            rendered(cluster).stream()
                    .filter(object -> !PODS.contains(object.getKind()))
                    .forEach(object -> cluster.adminClient()
                            .resource(object)
                            .forceConflicts()
                            .serverSideApply());
            return cluster;
        }

        private static List<HasMetadata> rendered(LocalCluster cluster) {
            var yaml = new Helm(cluster)
                    .template("llmservice-operator", NAMESPACE, Path.of("..", "helm", "llmservice-operator"), "{}");
            return cluster.adminClient()
                    .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .items();
        }
    }
}
