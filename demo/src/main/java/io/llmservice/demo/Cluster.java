package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import java.util.List;
import java.util.Optional;

/** What the demo looks at in the cluster, for the one service that it shows. */
final class Cluster {

    private static final String NAMESPACE = "default";
    private static final String SERVICE_LABEL = "llmservice.io/service";

    private final KubernetesClient client;
    private final String name;

    Cluster(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Applies as kubectl does; empty if the API server takes it, else its words. */
    Optional<String> apply(String yaml) {
        try {
            client.resource(Serialization.unmarshal(yaml, LlmService.class))
                    .inNamespace(NAMESPACE)
                    .fieldManager("kubectl")
                    .forceConflicts()
                    .serverSideApply();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(String.valueOf(
                    e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage()));
        }
    }

    Optional<LlmServiceStatus> status() {
        return Optional.ofNullable(client.resources(LlmService.class)
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get())
                .map(LlmService::getStatus);
    }

    Optional<Condition> condition(String type, String reason) {
        return status().stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition ->
                        condition.type().equals(type) && condition.reason().equals(reason))
                .findFirst();
    }

    List<Pod> pods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel(SERVICE_LABEL, name)
                .list()
                .getItems();
    }

    /** All of the service's pods at once, as if their machines had lost power. */
    void killPods() {
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel(SERVICE_LABEL, name)
                .withGracePeriod(0)
                .delete();
    }

    List<Pod> readyPods() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .toList();
    }

    int desiredReplicas() {
        return Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get())
                .map(deployment -> deployment.getSpec().getReplicas())
                .orElse(0);
    }

    List<GenericKubernetesResource> karpenter(String kind) {
        return client.genericKubernetesResources("karpenter.sh/v1", kind)
                .withLabel(SERVICE_LABEL, name)
                .list()
                .getItems();
    }

    void delete() {
        client.resources(LlmService.class).inNamespace(NAMESPACE).withName(name).delete();
    }

    /** Everything that still carries the service's label, as words. */
    List<String> leftOver() {
        var labelled = java.util.stream.Stream.of(
                        client.resources(LlmService.class)
                                .inNamespace(NAMESPACE)
                                .list()
                                .getItems(),
                        client.apps()
                                .deployments()
                                .inNamespace(NAMESPACE)
                                .withLabel(SERVICE_LABEL, name)
                                .list()
                                .getItems(),
                        client.services()
                                .inNamespace(NAMESPACE)
                                .withLabel(SERVICE_LABEL, name)
                                .list()
                                .getItems(),
                        client.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(NAMESPACE)
                                .withLabel(SERVICE_LABEL, name)
                                .list()
                                .getItems(),
                        client.nodes().withLabel(SERVICE_LABEL, name).list().getItems(),
                        pods(),
                        karpenter("NodePool"),
                        karpenter("NodeClaim"))
                .flatMap(List::stream);
        return labelled.map(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }
}
