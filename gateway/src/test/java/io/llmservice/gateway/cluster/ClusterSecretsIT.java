package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmservice.api.v1alpha1.SecretKeyReference;
import io.llmservice.gateway.route.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of clients and of targets, read with the gateway's own rights. */
class ClusterSecretsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String KEYS = "gateway: {apiKeys: {secretRef: {name: keys}}}";

    private final ClusterObjects cluster = new ClusterObjects(GatewayCluster.admin(), GatewayCluster.newNamespace());
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var part : open.reversed()) {
            part.close();
        }
    }

    private ClusterSecrets start(String url, Optional<String> requiredLabel) {
        var client = GatewayClients.at(url);
        var routes = new Routes();
        open.add(client);
        var secrets = ClusterSecrets.start(client, routes, requiredLabel, Duration.ofMillis(100));
        open.add(secrets);
        open.add(ClusterRoutes.start(client, Set.of(cluster.namespace), routes));
        return secrets;
    }

    private void secret(String name, Map<String, String> labels, Map<String, String> data) {
        GatewayCluster.admin()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.namespace)
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private void awaitKey(ClusterSecrets secrets, String secret, String key, String value) {
        await().atMost(PATIENCE)
                .until(() -> secrets.get(cluster.namespace, secret).key(key), Optional.of(value)::equals);
    }

    @Test
    void secretsThatAServiceRefersToAreReadAndFollowed() {
        secret("keys", Map.of(), Map.of("alice", "one"));
        secret("vendor", Map.of(), Map.of("token", "two\n"));
        secret("others", Map.of(), Map.of("token", "three"));
        cluster.service("chat", KEYS + """

                fallback:
                  targets: [{name: v, openAi: {url: "https://x.example.com/v1", apiKeySecretRef: {name: vendor}}}]
                """);
        var secrets = start(GatewayCluster.url(), Optional.empty());

        awaitKey(secrets, "keys", "alice", "one");
        awaitKey(secrets, "vendor", "token", "two");
        assertThat(secrets.value(cluster.namespace, new SecretKeyReference("vendor", "token")))
                .contains("two");
        assertThat(secrets.get(cluster.namespace, "others")).isInstanceOf(SecretValue.Unknown.class);

        secret("keys", Map.of(), Map.of("alice", "new"));
        awaitKey(secrets, "keys", "alice", "new");
    }

    @Test
    void absentSecretIsAValue() {
        cluster.service("chat", KEYS);
        var secrets = start(GatewayCluster.url(), Optional.empty());
        await().atMost(PATIENCE).until(() -> secrets.get(cluster.namespace, "keys") instanceof SecretValue.Absent);

        secret("keys", Map.of(), Map.of("alice", "one"));
        awaitKey(secrets, "keys", "alice", "one");
    }

    @Test
    void secretWithoutTheLabelThatIsAskedForIsNotUsed() {
        secret("keys", Map.of("use", "no"), Map.of("alice", "one"));
        cluster.service("chat", KEYS);
        var secrets = start(GatewayCluster.url(), Optional.of("use=yes"));

        await().atMost(PATIENCE)
                .until(() -> secrets.get(cluster.namespace, "keys") instanceof SecretValue.Unknown unknown
                        && unknown.reason().contains("use=yes"));
        secret("keys", Map.of("use", "yes"), Map.of("alice", "one"));
        awaitKey(secrets, "keys", "alice", "one");
    }

    @Test
    void keysGoOnCountingWhileTheApiServerIsAway() throws Exception {
        secret("keys", Map.of(), Map.of("alice", "one"));
        cluster.service("chat", KEYS);
        try (var wire = new CuttableWire(GatewayCluster.url())) {
            var secrets = start(wire.url(), Optional.empty());
            awaitKey(secrets, "keys", "alice", "one");

            wire.cut();
            await().during(Duration.ofMillis(500))
                    .atMost(PATIENCE)
                    .until(() ->
                            secrets.get(cluster.namespace, "keys").key("alice").isPresent());
        }
    }

    @Test
    void valuesDoNotShowInWords() {
        assertThat(new SecretValue.Present(Map.of("alice", "one")).toString()).doesNotContain("one");
    }
}
