package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What replicas write into the status, with the gateway's own rights, on a real API server. */
class StatusReportsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Spending is written seldom, so that what is seen early came of a transition. */
    private static final StatusReports.Rhythm TRANSITIONS =
            new StatusReports.Rhythm(Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ofMillis(200));

    private static final StatusReports.Rhythm SPENDING =
            new StatusReports.Rhythm(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));

    private final ClusterObjects cluster = new ClusterObjects(GatewayCluster.admin(), GatewayCluster.newNamespace());
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var part : open.reversed()) {
            part.close();
        }
    }

    /** One replica with its own view of the cluster. */
    private final class Replica {

        private final Map<ServiceKey, GatewayReport> says = new ConcurrentHashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final Routes routes = new Routes();
        private final StatusReports reports;

        Replica(String name, String url, StatusReports.Rhythm rhythm) {
            var client = GatewayClients.at(url);
            open.add(client);
            open.add(ClusterRoutes.start(client, Set.of(cluster.namespace), routes));
            await().atMost(PATIENCE).until(() -> !routes.table().services().isEmpty());
            reports = StatusReports.start(
                    client,
                    routes,
                    name,
                    key -> {
                        asked.incrementAndGet();
                        return Optional.ofNullable(says.get(key));
                    },
                    rhythm);
            open.add(reports);
        }

        void turns(BreakerPosition position) {
            says.put(cluster.key("chat"), report(position, null));
            reports.changed(cluster.key("chat"));
        }
    }

    private static GatewayReport report(BreakerPosition position, @Nullable Spend hour) {
        return new GatewayReport(position, null, null, null, null, hour, null);
    }

    private Map<String, GatewayReport> written() {
        return ServiceReader.read(cluster.service("chat")).reports();
    }

    private void awaitState(String replica, BreakerPosition position) {
        await(replica + " " + position)
                .atMost(PATIENCE)
                .until(() -> Optional.ofNullable(written().get(replica))
                        .filter(report -> report.state() == position)
                        .isPresent());
    }

    private long writes() {
        return GatewayCluster.statusWrites(cluster.namespace, "chat");
    }

    @Test
    void eachReplicaWritesItsOwnEntryAndLeavesTheRestAlone() {
        cluster.service("chat", "");
        cluster.status("chat", "{\"model\": \"chat\"}");
        var one = new Replica("gateway-1", GatewayCluster.url(), TRANSITIONS);
        var two = new Replica("gateway-2", GatewayCluster.url(), TRANSITIONS);

        one.turns(BreakerPosition.OPEN);
        two.turns(BreakerPosition.CLOSED);
        awaitState("gateway-1", BreakerPosition.OPEN);
        awaitState("gateway-2", BreakerPosition.CLOSED);
        one.turns(BreakerPosition.HALF_OPEN);
        awaitState("gateway-1", BreakerPosition.HALF_OPEN);

        assertThat(written()).containsOnlyKeys("gateway-1", "gateway-2");
        assertThat(ServiceReader.read(cluster.service("chat")).model()).isEqualTo("chat");
        assertThat(cluster.service("chat").getMetadata().getManagedFields())
                .filteredOn(entry -> "status".equals(entry.getSubresource()))
                .extracting(entry -> entry.getManager())
                .contains("llmservice-gateway/gateway-1", "llmservice-gateway/gateway-2");
    }

    @Test
    void spendingIsWrittenWithoutBeingTold() {
        cluster.service("chat", "");
        var replica = new Replica("gateway-1", GatewayCluster.url(), SPENDING);

        replica.says.put(
                cluster.key("chat"), report(BreakerPosition.OPEN, new Spend("2026-11-24T17", 1_500_000L, 900L, 3L)));

        await().atMost(PATIENCE)
                .until(() -> Optional.ofNullable(written().get("gateway-1"))
                        .map(GatewayReport::hour)
                        .filter(hour -> hour.microUsd() == 1_500_000L && hour.requests() == 3L)
                        .isPresent());
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        cluster.service("chat", "");
        var replica = new Replica("gateway-1", GatewayCluster.url(), SPENDING);
        replica.turns(BreakerPosition.OPEN);
        awaitState("gateway-1", BreakerPosition.OPEN);
        await().atMost(PATIENCE)
                .until(() -> !replica.routes
                        .table()
                        .byKey(cluster.key("chat"))
                        .orElseThrow()
                        .reports()
                        .isEmpty());
        long before = writes();

        int asked = replica.asked.get();
        await().atMost(PATIENCE).until(() -> replica.asked.get() > asked + 10);

        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void entryThatSomebodyTookAwayComesBack() {
        cluster.service("chat", "");
        var replica = new Replica("gateway-1", GatewayCluster.url(), SPENDING);
        replica.turns(BreakerPosition.OPEN);
        awaitState("gateway-1", BreakerPosition.OPEN);

        cluster.status("chat", "{\"gateways\": {\"gateway-1\": null}}");

        awaitState("gateway-1", BreakerPosition.OPEN);
    }

    @Test
    void entryGoesWhenThereIsNothingToSayAnyMore() {
        cluster.service("chat", "");
        var replica = new Replica("gateway-1", GatewayCluster.url(), SPENDING);
        replica.turns(BreakerPosition.OPEN);
        awaitState("gateway-1", BreakerPosition.OPEN);

        replica.says.clear();

        await().atMost(PATIENCE).until(() -> written().isEmpty());
    }

    @Test
    void whatHappensWhileTheApiServerIsAwayIsWrittenWhenItIsBack() throws Exception {
        cluster.service("chat", "");
        try (var wire = new CuttableWire(GatewayCluster.url())) {
            var replica = new Replica("gateway-1", wire.url(), TRANSITIONS);
            wire.cut();
            replica.turns(BreakerPosition.OPEN);
            await().atMost(PATIENCE).until(() -> replica.asked.get() > 1);
            assertThat(written()).isEmpty();

            wire.mend();
            awaitState("gateway-1", BreakerPosition.OPEN);
        }
    }
}
