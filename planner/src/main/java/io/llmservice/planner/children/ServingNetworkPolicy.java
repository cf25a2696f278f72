package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import io.llmservice.api.v1alpha1.NetworkPolicySpec.Mode;
import io.llmservice.planner.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The NetworkPolicy: who may reach the engine's port. */
public final class ServingNetworkPolicy {

    /** Label that every namespace carries with its own name. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private ServingNetworkPolicy() {}

    /** Absent unless the spec asks for it. */
    public static Optional<NetworkPolicy> desired(ChildContext context) {
        if (context.spec().serving().networkPolicy().mode() == Mode.DISABLED) {
            return Optional.empty();
        }
        return Optional.of(new NetworkPolicyBuilder()
                .withMetadata(context.namespaced(context.identity().name(), "serving"))
                .withSpec(spec(context))
                .build());
    }

    private static NetworkPolicySpec spec(ChildContext context) {
        return new NetworkPolicySpecBuilder()
                .withPodSelector(new LabelSelectorBuilder()
                        .withMatchLabels(Labels.selector(context.identity()))
                        .build())
                .withPolicyTypes("Ingress")
                .withIngress(ingress(context))
                .build();
    }

    private static NetworkPolicyIngressRule ingress(ChildContext context) {
        var peers = new ArrayList<NetworkPolicyPeer>();
        peers.add(new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .endPodSelector()
                .build());
        peers.add(program(Labels.OPERATOR));
        peers.add(program(Labels.GATEWAY));
        for (var namespace :
                new TreeSet<>(context.spec().serving().networkPolicy().fromNamespaces())) {
            peers.add(new NetworkPolicyPeerBuilder()
                    .withNamespaceSelector(new LabelSelectorBuilder()
                            .addToMatchLabels(NAMESPACE_NAME, namespace)
                            .build())
                    .build());
        }
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(List.copyOf(peers))
                .withPorts(new NetworkPolicyPortBuilder()
                        .withProtocol("TCP")
                        .withPort(new IntOrString(ChildContext.PORT_NAME))
                        .build())
                .build();
    }

    /**
     * The operator reads the pods' metrics for the autoscaler, the gateway sends them requests; each from whatever namespace
     * it runs in.
     */
    private static NetworkPolicyPeer program(String name) {
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(new LabelSelectorBuilder().build())
                .withPodSelector(new LabelSelectorBuilder()
                        .addToMatchLabels(Labels.NAME, name)
                        .build())
                .build();
    }
}
