package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a change in the cluster does to the routes, with the gateway's own rights, on a real API server. */
class ClusterRoutesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String FALLBACK = """
            fallback:
              targets: [{name: vendor, openAi: {url: "https://api.example.com/v1"}}]
            """;

    private final ClusterObjects cluster = new ClusterObjects(GatewayCluster.admin(), GatewayCluster.newNamespace());
    private final Routes routes = new Routes();
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var part : open.reversed()) {
            part.close();
        }
    }

    private ClusterRoutes start(String url) {
        var client = GatewayClients.at(url);
        open.add(client);
        var started = ClusterRoutes.start(client, Set.of(cluster.namespace), routes);
        open.add(started);
        return started;
    }

    private ServiceRoute awaitRoute(String name, Predicate<ServiceRoute> wanted) {
        return await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> routes.table().byKey(cluster.key(name)),
                        found -> found.filter(wanted).isPresent())
                .orElseThrow();
    }

    @Test
    void podIsAskedWhenItIsReadyAndNoMoreOnceItIsToBeDeleted() {
        cluster.service("chat", "");
        start(GatewayCluster.url());
        awaitRoute("chat", route -> route.pods().isEmpty());

        cluster.pod("chat", "chat-1");
        cluster.podStatus("chat-1", "127.0.5.1", false);
        awaitRoute("chat", route -> route.pods().size() == 1 && route.serving().isEmpty());
        cluster.podStatus("chat-1", "127.0.5.1", true);
        var serving = awaitRoute("chat", route -> !route.serving().isEmpty());
        assertThat(serving.serving().getFirst())
                .extracting(PodEndpoint::name, PodEndpoint::host, PodEndpoint::port)
                .containsExactly("chat-1", "127.0.5.1", 8000);

        cluster.deletePod("chat-1");
        var draining = awaitRoute("chat", route -> route.serving().isEmpty());
        assertThat(draining.pods())
                .singleElement()
                .extracting(PodEndpoint::draining)
                .isEqualTo(true);
        cluster.removePod("chat-1");
        awaitRoute("chat", route -> route.pods().isEmpty());
    }

    @Test
    void serviceIsKnownByItsModelAndWithAllThatIsSetForIt() {
        cluster.service("chat", FALLBACK);
        cluster.status("chat", """
                {"model": "big-chat",
                 "gateways": {"gateway-x": {"state": "Open"}},
                 "plan": {"revision": "r", "summary": "s", "instanceType": "g5.xlarge", "gpusPerReplica": 1,
                  "tensorParallelSize": 1, "contextLength": 1, "maxConcurrentRequests": 1, "targetRunningRequests": 1,
                  "coldStartSeconds": 240}}
                """);
        start(GatewayCluster.url());

        var route = awaitRoute("chat", found -> true);
        assertThat(routes.table().byModel("big-chat")).contains(route);
        assertThat(route.coldStartSeconds()).isEqualTo(240);
        assertThat(route.mode()).isEqualTo(FallbackMode.AUTOMATIC);
        assertThat(route.fallback().orElseThrow().targets().getFirst().name()).isEqualTo("vendor");
        assertThat(route.reports().get("gateway-x"))
                .extracting(GatewayReport::state)
                .isEqualTo(BreakerPosition.OPEN);

        cluster.annotate("chat", "llmservice.io/fallback-mode", "ForceFallback");
        awaitRoute("chat", found -> found.mode() == FallbackMode.FORCE_FALLBACK);
        cluster.deleteService("chat");
        await().atMost(PATIENCE).until(() -> routes.table().byModel("big-chat").isEmpty());
    }

    @Test
    void firstTableIsComplete() {
        IntStream.range(0, 20).forEach(number -> {
            cluster.service("s" + number, "");
            cluster.pod("s" + number, "s" + number + "-1");
            cluster.podStatus("s" + number + "-1", "127.0.5." + (number + 1), true);
        });
        var tables = new CopyOnWriteArrayList<RouteTable>();
        routes.listen(tables::add);
        var started = start(GatewayCluster.url());

        await().atMost(PATIENCE).until(started::isReady);
        await().atMost(PATIENCE).until(() -> !tables.isEmpty());
        assertThat(tables.getFirst().services())
                .hasSize(20)
                .allSatisfy(route -> assertThat(route.serving()).hasSize(1));
    }

    /** The bound is that of the product's promise; what is measured is a small part of it. */
    @Test
    void changeIsLiveInUnderOneHundredMilliseconds() {
        cluster.service("chat", "");
        cluster.pod("chat", "chat-1");
        start(GatewayCluster.url());
        awaitRoute("chat", route -> true);

        var millis = new long[21];
        for (int round = 0; round < millis.length; round++) {
            boolean ready = round % 2 == 0;
            long written = System.nanoTime();
            cluster.podStatus("chat-1", "127.0.5.1", ready);
            while (routes.table()
                            .byKey(cluster.key("chat"))
                            .orElseThrow()
                            .serving()
                            .isEmpty()
                    == ready) {
                Thread.onSpinWait();
            }
            millis[round] = (System.nanoTime() - written) / 1_000_000;
        }
        Arrays.sort(millis);
        System.out.println("From the write to the route, its answer included, in ms: median " + millis[10]
                + ", longest " + millis[20]);
        assertThat(millis[10]).as("median of %s", Arrays.toString(millis)).isLessThan(100);
    }

    @Test
    void goesOnFromWhatItKnowsWhileTheApiServerIsAwayAndCatchesUp() throws Exception {
        cluster.service("chat", "");
        cluster.pod("chat", "chat-1");
        cluster.podStatus("chat-1", "127.0.5.1", true);
        cluster.service("late", "");
        try (var wire = new CuttableWire(GatewayCluster.url())) {
            var started = start(wire.url());
            awaitRoute("chat", route -> !route.serving().isEmpty());
            awaitRoute("late", route -> true);
            var before = routes.table();

            wire.cut();
            await().atMost(PATIENCE).until(() -> !started.isWatching());
            cluster.podStatus("chat-1", "127.0.5.1", false);
            cluster.deleteService("late");
            assertThat(started.isReady()).isTrue();
            assertThat(routes.table()).isSameAs(before);

            wire.mend();
            awaitRoute("chat", route -> route.serving().isEmpty());
            await().atMost(PATIENCE)
                    .until(() -> routes.table().byKey(cluster.key("late")).isEmpty());
        }
    }

    @Test
    void startsBeforeTheApiServerDoes() throws Exception {
        cluster.service("chat", "");
        try (var wire = new CuttableWire(GatewayCluster.url())) {
            wire.cut();
            var started = start(wire.url());
            assertThat(started.isReady()).isFalse();

            wire.mend();
            awaitRoute("chat", route -> true);
            assertThat(started.isReady()).isTrue();
        }
    }
}
