package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.gateway.settings.GatewaySettings;
import io.llmservice.planner.Labels;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many share the limits; the pods are like those of a Deployment. */
class LiveReplicasIT {

    @Test
    void readyReplicasAreCountedAndThoseThatEndAreNot() {
        var cluster = new ClusterObjects(GatewayCluster.admin(), GatewayCluster.newNamespace());
        var replica = new GatewaySettings.Replica(cluster.namespace, "me", Map.of(Labels.SERVICE, "gateway"));
        try (var client = GatewayClients.at(GatewayCluster.url());
                var replicas = LiveReplicas.start(client, replica)) {
            assertThat(replicas.getAsInt()).isEqualTo(1);

            for (var name : new String[] {"a", "b", "c"}) {
                cluster.pod("gateway", name);
                cluster.podStatus(name, "127.0.6.1", true);
            }
            cluster.pod("another", "d");
            cluster.podStatus("d", "127.0.6.1", true);
            awaitCount(replicas, 3);

            cluster.deletePod("a");
            awaitCount(replicas, 2);
            cluster.podStatus("b", "127.0.6.1", false);
            awaitCount(replicas, 1);
        }
    }

    private static void awaitCount(LiveReplicas replicas, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> replicas.getAsInt() == count);
    }
}
