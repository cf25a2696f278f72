package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.Identity;
import io.llmservice.planner.Labels;
import io.llmservice.planner.plan.ServicePlan;

/**
 * What every child is made from.
 *
 * @param identity the service
 * @param spec the spec that was accepted
 * @param plan the plan in force for it
 */
public record ChildContext(Identity identity, LlmServiceSpec spec, ServicePlan plan) {

    /** Name of the port on which the engine answers, in pods and Service. */
    public static final String PORT_NAME = "http";

    /** Port on which the engine answers. */
    public static final int PORT = 8000;

    /** Name of the container that runs the engine. */
    public static final String ENGINE_CONTAINER = "engine";

    /** Name that clients send as {@code model}. */
    public String servedModelName() {
        var name = spec.model().name();
        return name == null ? identity.name() : name;
    }

    /** Running requests per replica that the autoscaler aims for: as asked, or three quarters of a full batch. */
    public int targetRunningRequests() {
        var asked = spec.scaling().targetRunningRequests();
        int full = plan.engine().maxConcurrentRequests();
        return asked == null ? Math.max(1, full * 3 / 4) : asked;
    }

    /**
     * The same as a quantity. With one request in a batch the gauge is 0 or 1, so only a target below 1 ever adds a
     * replica.
     */
    String targetRunningRequestsQuantity() {
        boolean derived = spec.scaling().targetRunningRequests() == null;
        return derived && plan.engine().maxConcurrentRequests() == 1
                ? "750m"
                : Integer.toString(targetRunningRequests());
    }

    /** Name, labels and owner of a child in the service's namespace. */
    ObjectMeta namespaced(String name, String component) {
        return new ObjectMetaBuilder()
                .withNamespace(identity.namespace())
                .withName(name)
                .withLabels(Labels.of(identity, component))
                .withOwnerReferences(ownerReference())
                .build();
    }

    /** Name, labels and owner's UID of a child outside namespaces. */
    ObjectMeta clusterScoped(String name, String component) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withLabels(Labels.clusterScoped(identity, component))
                .addToAnnotations(Annotations.OWNER_UID, identity.uid())
                .build();
    }

    private OwnerReference ownerReference() {
        return new OwnerReferenceBuilder()
                .withApiVersion(LlmService.API_VERSION)
                .withKind(LlmService.KIND)
                .withName(identity.name())
                .withUid(identity.uid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
