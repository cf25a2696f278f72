package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.ClusterOptions;
import io.llmservice.localcluster.LocalCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cluster that these tests share, with the product's CRD; each test has a namespace of its own. Nothing but the API
 * server and its controllers acts in it, so that what is there is what the operator made.
 */
final class TestCluster {

    static final String OPERATOR_NAMESPACE = "llmservice-system";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private TestCluster() {}

    static LocalCluster get() {
        return Prepared.CLUSTER;
    }

    static KubernetesClient admin() {
        return get().adminClient();
    }

    /** A namespace that no other test uses. */
    static String newNamespace() {
        var name = "test-" + NAMESPACES.incrementAndGet();
        admin().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    private static final class Prepared {

        private static final LocalCluster CLUSTER = prepare();

        private static LocalCluster prepare() {
            var directory = Path.of(
                    "target", "operator-cluster-" + ProcessHandle.current().pid());
            var cluster = LocalCluster.start(ClusterOptions.in(directory));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cluster::close));
            cluster.installCrdFiles(List.of(Path.of("../crds/llmservices.llmservice.io.yaml")));
            OperatorRelease.install(cluster);
            nodeClass(cluster.adminClient());
            return cluster;
        }

        private static void nodeClass(KubernetesClient admin) {
            var nodeClass = new GenericKubernetesResource();
            nodeClass.setApiVersion("karpenter.kwok.sh/v1alpha1");
            nodeClass.setKind("KWOKNodeClass");
            nodeClass.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                    .withName("default")
                    .build());
            admin.resource(nodeClass).forceConflicts().fieldManager("test").serverSideApply();
        }
    }
}
