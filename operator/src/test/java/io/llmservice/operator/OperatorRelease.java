package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.llmservice.localcluster.LocalCluster;

/** What an administrator installs. */
final class OperatorRelease {

    static final String SERVICE_ACCOUNT = "llmservice-operator";

    private OperatorRelease() {}

    static void install(LocalCluster cluster) {
        var admin = cluster.adminClient();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(TestCluster.OPERATOR_NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(TestCluster.OPERATOR_NAMESPACE)
                        .withName(SERVICE_ACCOUNT)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("temporary")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", SERVICE_ACCOUNT, TestCluster.OPERATOR_NAMESPACE)
                        .build())
                .serverSideApply();
    }
}
