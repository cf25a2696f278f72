package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.planner.Labels;

/** Makes and changes the objects that a gateway looks at, in one namespace, with the administrator's rights. */
final class ClusterObjects {

    final String namespace;
    private final KubernetesClient admin;

    ClusterObjects(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
    }

    ServiceKey key(String name) {
        return new ServiceKey(namespace, name);
    }

    /** Applies a service; the YAML is more of its spec. */
    void service(String name, String more) {
        admin.resource(Serialization.unmarshal(
                        """
                        apiVersion: llmservice.io/v1alpha1
                        kind: LlmService
                        metadata: {name: %s, namespace: %s}
                        spec:
                          model:
                            source:
                              huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}
                        """.formatted(name, namespace) + more.indent(2), GenericKubernetesResource.class))
                .fieldManager("test-user")
                .forceConflicts()
                .serverSideApply();
    }

    void annotate(String name, String key, String value) {
        admin.genericKubernetesResources(LlmServices.CONTEXT)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
    }

    /** Writes of a service's status what another program would; the JSON is the status. */
    void status(String name, String json) {
        admin.genericKubernetesResources(LlmServices.CONTEXT)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":%s}".formatted(json));
    }

    GenericKubernetesResource service(String name) {
        return admin.genericKubernetesResources(LlmServices.CONTEXT)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    void deleteService(String name) {
        admin.genericKubernetesResources(LlmServices.CONTEXT)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }

    /** A pod of a service on no real node, so that only a test says how it is. */
    Pod pod(String service, String name) {
        return admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToLabels(Labels.SERVICE, service)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("nowhere")
                        .withTerminationGracePeriodSeconds(60L)
                        .addNewContainer()
                        .withName("engine")
                        .withImage("engine")
                        .addNewPort()
                        .withName("http")
                        .withContainerPort(8000)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** What kubelet says of a pod. */
    void podStatus(String name, String address, boolean ready) {
        admin.pods()
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status": {"phase": "Running", "podIP": "%s", "podIPs": [{"ip": "%s"}],
                 "conditions": [{"type": "Ready", "status": "%s"}]}}
                """.formatted(
                                address, address, ready ? "True" : "False"));
    }

    void deletePod(String name) {
        admin.pods().inNamespace(namespace).withName(name).delete();
    }

    void removePod(String name) {
        admin.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
    }
}
