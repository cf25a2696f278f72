package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.binaries.Crd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kinds whose CRD is absent are skipped with a word, and made as soon as the CRD is there. */
class LateKindIT {

    private static final String POD_MONITOR = "podmonitors.monitoring.coreos.com";

    private final KubernetesClient admin = TestCluster.admin();

    @AfterEach
    void restore() {
        TestCluster.get().installCrd(Crd.POD_MONITORS);
    }

    @Test
    void podMonitorIsMadeWhenItsKindArrivesWithoutARestart() {
        removePodMonitors();
        try (var operator = OperatorFixture.start()) {
            operator.apply("llm", OperatorFixture.SMALL + "monitoring: {podMonitor: Enabled}\n");
            var missing = operator.awaitReason("llm", "KindsAvailable", "KindMissing");
            assertThat(missing.message()).contains("PodMonitor").contains("CustomResourceDefinition");
            operator.awaitReason("llm", "ObjectsApplied", "Applied");

            TestCluster.get().installCrd(Crd.POD_MONITORS);

            operator.awaitReason("llm", "KindsAvailable", "KindsKnown");
            org.awaitility.Awaitility.await()
                    .atMost(OperatorFixture.PATIENCE)
                    .until(() -> podMonitor(operator) != null);

            removePodMonitors();
            operator.awaitReason("llm", "KindsAvailable", "KindMissing");
        }
    }

    private void removePodMonitors() {
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(POD_MONITOR)
                .delete();
        org.awaitility.Awaitility.await()
                .atMost(OperatorFixture.PATIENCE)
                .until(() -> admin.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(POD_MONITOR)
                                .get()
                        == null);
    }

    private @org.jspecify.annotations.Nullable GenericKubernetesResource podMonitor(OperatorFixture operator) {
        return admin.genericKubernetesResources("monitoring.coreos.com/v1", "PodMonitor")
                .inNamespace(operator.namespace)
                .withName("llm")
                .get();
    }
}
