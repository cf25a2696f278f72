package io.llmservice.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.localcluster.binaries.Crd;
import io.llmservice.localcluster.controlplane.AuditLog;
import org.junit.jupiter.api.Test;

class ControlPlaneIT {
    private final LocalCluster cluster = SharedCluster.get();
    private final KubernetesClient admin = cluster.adminClient();

    @Test
    void reportsTheVersionThatIsPinned() {
        assertThat(admin.getKubernetesVersion().getGitVersion()).startsWith("v1.34.");
    }

    @Test
    void serviceAccountsHaveNoRightsThatNobodyGaveThem() {
        namespace("rbac");

        try (KubernetesClient stranger = cluster.clientFor("rbac", "default")) {
            assertThatThrownBy(() -> stranger.configMaps().inNamespace("rbac").list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(403))
                    .hasMessageContaining("system:serviceaccount:rbac:default");
        }
    }

    @Test
    void auditLogTellsWhoWroteWhat() {
        namespace("audit");
        AuditLog.Mark mark = cluster.auditLog().mark();

        admin.resource(configMap("audit", "written")).create();
        admin.configMaps().inNamespace("audit").list();

        await().atMost(5, SECONDS)
                .untilAsserted(() -> assertThat(cluster.auditLog()
                                .since(
                                        mark,
                                        event -> event.namespace().equals("audit")
                                                && event.user().equals("local-admin")))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.verb()).isEqualTo("create");
                            assertThat(event.resource()).isEqualTo("configmaps");
                            assertThat(event.name()).isEqualTo("written");
                            assertThat(event.succeeded()).isTrue();
                        }));
    }

    @Test
    void servesTheCustomResourcesOfKarpenterAndPrometheus() {
        assertThat(admin.apiextensions().v1().customResourceDefinitions().list().getItems())
                .extracting(crd -> crd.getMetadata().getName())
                .contains(
                        Crd.NODE_POOLS.objectName(),
                        Crd.EC2_NODE_CLASSES.objectName(),
                        Crd.KWOK_NODE_CLASSES.objectName(),
                        Crd.POD_MONITORS.objectName());
    }

    @Test
    void customResourcesCanComeLate() {
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(Crd.PROMETHEUS_RULES.objectName())
                .delete();
        await().atMost(10, SECONDS).until(() -> !servesPrometheusRules());

        cluster.installCrd(Crd.PROMETHEUS_RULES);

        assertThat(servesPrometheusRules()).isTrue();
    }

    private boolean servesPrometheusRules() {
        return admin.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(Crd.PROMETHEUS_RULES.objectName())
                        .get()
                != null;
    }

    private static ConfigMap configMap(String namespace, String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }

    private void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(10, SECONDS)
                .until(() -> admin.serviceAccounts()
                                .inNamespace(name)
                                .withName("default")
                                .get()
                        != null);
    }
}
