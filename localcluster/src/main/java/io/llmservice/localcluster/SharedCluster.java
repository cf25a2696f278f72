package io.llmservice.localcluster;

import io.llmservice.localcluster.nodes.NodeSettings;
import java.nio.file.Path;

/**
 * One cluster for all tests of a JVM, started when it is first asked for and ended with the JVM.
 *
 * <p>Tests that share it use namespaces of their own. Its directory is {@code target/local-cluster-<pid>}, where the logs
 * stay for whoever looks for a reason.
 */
public final class SharedCluster {
    private SharedCluster() {}

    /** The cluster, with all CRDs installed; it may or may not have nodes. */
    public static LocalCluster get() {
        return Bare.CLUSTER;
    }

    /** The cluster, with Karpenter and the agent running. */
    public static LocalCluster withNodes() {
        return WithNodes.CLUSTER;
    }

    private static final class Bare {
        private static final LocalCluster CLUSTER = start();

        private static LocalCluster start() {
            long pid = ProcessHandle.current().pid();
            LocalCluster cluster = LocalCluster.start(ClusterOptions.in(Path.of("target", "local-cluster-" + pid)));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cluster::close));
            return cluster;
        }
    }

    private static final class WithNodes {
        private static final LocalCluster CLUSTER = start();

        private static LocalCluster start() {
            LocalCluster cluster = get();
            cluster.startNodes(NodeSettings.defaults());
            cluster.startKarpenter();
            return cluster;
        }
    }
}
