package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Labels;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything of a namespace's services as text, without what differs from run to run: UIDs, times, namespace. */
final class ClusterState {

    private ClusterState() {}

    static Map<String, String> of(String namespace) {
        var state = new TreeMap<String, String>();
        objects(TestCluster.admin(), namespace)
                .forEach(object -> state.put(
                        plain(object.getKind() + "/" + object.getMetadata().getName(), namespace),
                        plain(text(object), namespace)));
        return state;
    }

    private static Stream<HasMetadata> objects(KubernetesClient admin, String namespace) {
        return Stream.of(
                        admin.resources(LlmService.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.apps().deployments().inNamespace(namespace).list().getItems(),
                        admin.apps()
                                .controllerRevisions()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.services().inNamespace(namespace).list().getItems(),
                        admin.serviceAccounts().inNamespace(namespace).list().getItems(),
                        admin.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.autoscaling()
                                .v2()
                                .horizontalPodAutoscalers()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.network()
                                .v1()
                                .networkPolicies()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.genericKubernetesResources("monitoring.coreos.com/v1", "PodMonitor")
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.genericKubernetesResources("karpenter.sh/v1", "NodePool")
                                .withLabel(Labels.SERVICE_NAMESPACE, namespace)
                                .list()
                                .getItems())
                .flatMap(list -> list.stream().map(HasMetadata.class::cast));
    }

    private static String text(HasMetadata object) {
        var tree = Serialization.unmarshal(
                Serialization.asJson(object), com.fasterxml.jackson.databind.node.ObjectNode.class);
        tree.remove("status");
        tree.remove("revision");
        var metadata = (com.fasterxml.jackson.databind.node.ObjectNode) tree.get("metadata");
        metadata.retain("name", "labels", "finalizers");
        if (tree.has("spec") && tree.get("spec").has("clusterIP")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) tree.get("spec"))
                    .remove(java.util.List.of("clusterIP", "clusterIPs"));
        }
        return tree.toString();
    }

    /** Names outside namespaces end in a hash of the namespace; plans are named by their content, which has it too. */
    private static String plain(String text, String namespace) {
        return text.replaceAll("-[0-9a-f]{5}\\b", "-HASH")
                .replaceAll("-plan-[0-9a-f]{10}\\b", "-plan-HASH")
                .replace(namespace, "NAMESPACE");
    }
}
