package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Labels;
import io.llmservice.planner.children.CustomKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One informer for each kind that a service owns or runs on, filtered by label and mapped back to the service. */
final class OwnedKinds {

    /** Kinds that every cluster has. */
    private static final List<Class<? extends HasMetadata>> BUILT_IN = List.of(
            Deployment.class,
            Service.class,
            ServiceAccount.class,
            PodDisruptionBudget.class,
            HorizontalPodAutoscaler.class,
            NetworkPolicy.class,
            ControllerRevision.class,
            Pod.class);

    private OwnedKinds() {}

    static List<InformerEventSource<? extends HasMetadata, LlmService>> builtIn(
            EventSourceContext<LlmService> context) {
        var sources = new ArrayList<InformerEventSource<? extends HasMetadata, LlmService>>();
        BUILT_IN.forEach(kind -> sources.add(source(kind, context)));
        sources.add(nodes(context));
        return List.copyOf(sources);
    }

    /** For a kind whose CRD has just come, or was there at the start. */
    static InformerEventSource<GenericKubernetesResource, LlmService> custom(
            CustomKinds kind, EventSourceContext<LlmService> context) {
        var gvk = new GroupVersionKind(kind.group(), kind.version(), kind.kind());
        var configuration = InformerEventSourceConfiguration.from(gvk, LlmService.class)
                .withName(kind.crdName())
                .withSecondaryToPrimaryMapper(OwnedKinds::serviceOf)
                .withItemStore(new OwnFieldsStore<GenericKubernetesResource>());
        if (kind == CustomKinds.NODE_CLAIM) {
            configuration.withLabelSelector(Labels.POOL).withWatchAllNamespaces();
        } else if (kind.namespaced()) {
            configuration.withLabelSelector(ownedSelector()).withNamespacesInheritedFromController();
        } else {
            configuration.withLabelSelector(ownedSelector()).withWatchAllNamespaces();
        }
        return new InformerEventSource<>(configuration.build(), context);
    }

    private static <T extends HasMetadata> InformerEventSource<T, LlmService> source(
            Class<T> kind, EventSourceContext<LlmService> context) {
        var configuration = InformerEventSourceConfiguration.from(kind, LlmService.class)
                .withName(kind.getSimpleName())
                .withLabelSelector(ownedSelector())
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(OwnedKinds::serviceOf)
                .withItemStore(new OwnFieldsStore<T>())
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static InformerEventSource<Node, LlmService> nodes(EventSourceContext<LlmService> context) {
        var configuration = InformerEventSourceConfiguration.from(Node.class, LlmService.class)
                .withName(Node.class.getSimpleName())
                .withLabelSelector(Labels.POOL)
                .withWatchAllNamespaces()
                .withSecondaryToPrimaryMapper(OwnedKinds::serviceOf)
                .withOnUpdateFilter(NodeChanges::matter)
                .withItemStore(new OwnFieldsStore<Node>())
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    private static String ownedSelector() {
        return Labels.MANAGED_BY + "=" + Labels.OPERATOR;
    }

    private static Set<ResourceID> serviceOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        var name = labels.get(Labels.SERVICE);
        var namespace = object.getMetadata().getNamespace() == null
                ? labels.get(Labels.SERVICE_NAMESPACE)
                : object.getMetadata().getNamespace();
        return name == null || namespace == null ? Set.of() : Set.of(new ResourceID(name, namespace));
    }
}
