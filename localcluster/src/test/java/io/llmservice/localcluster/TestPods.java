package io.llmservice.localcluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Predicate;

/** Pods of one namespace that a test makes and watches. */
record TestPods(KubernetesClient client, String namespace) {
    /** Makes the namespace and waits until pods can be made in it. */
    static TestPods in(KubernetesClient client, String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        await().atMost(10, SECONDS)
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        return new TestPods(client, namespace);
    }

    static ContainerBuilder container(String image) {
        return new ContainerBuilder()
                .withName("main")
                .withImage(image)
                .addNewPort()
                .withContainerPort(8000)
                .withName("http")
                .endPort();
    }

    static Probe probe(String path) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort("http")
                .endHttpGet()
                .withPeriodSeconds(1)
                .withFailureThreshold(2)
                .build();
    }

    Pod create(String name, Container container) {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(5L)
                        .withContainers(container)
                        .endSpec()
                        .build())
                .create();
    }

    Pod awaitPod(String name, Predicate<Pod> condition) {
        return client.pods()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(pod -> pod != null && condition.test(pod), 20, SECONDS);
    }

    Pod awaitReady(String name) {
        return awaitPod(name, TestPods::isReady);
    }

    /** Waits until the container waits for this reason. */
    Pod awaitWaiting(String name, String reason) {
        return awaitPod(
                name,
                pod -> !pod.getStatus().getContainerStatuses().isEmpty()
                        && main(pod).getState().getWaiting() != null
                        && reason.equals(main(pod).getState().getWaiting().getReason()));
    }

    static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    static ContainerStatus main(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst();
    }
}
