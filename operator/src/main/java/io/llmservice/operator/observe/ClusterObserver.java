package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.plan.AcceptedPlanCodec;
import io.llmservice.planner.policy.Policy;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads everything that a decision about one service needs, from informers but for what the spec refers to. */
public final class ClusterObserver {

    private final Informers informers;
    private final ReferenceReader references;
    private final Clock clock;

    public ClusterObserver(Informers informers, KubernetesClient client, Policy policy, Clock clock) {
        this.informers = informers;
        this.references = new ReferenceReader(client, policy);
        this.clock = clock;
    }

    /** What wakes a service. */
    public List<EventSource<?, LlmService>> eventSources(EventSourceContext<LlmService> context) {
        return informers.initial(context);
    }

    /**
     * What is there for a service.
     *
     * @param all every service of the cluster
     */
    public Observation observe(LlmService service, Stream<LlmService> all) {
        var labelled = informers.labelled(service).toList();
        var uid = service.getMetadata().getUid();
        var children = labelled.stream()
                .filter(object -> isOwned(object, uid))
                .sorted(Comparator.comparing(ChildKey::of))
                .toList();
        return new Observation(
                children,
                accepted(children),
                fleet(labelled),
                informers.absentKinds(),
                readReferences(service),
                Siblings.of(service, all),
                clock.instant());
    }

    /** Whether an object belongs to the service of this UID; labels alone prove nothing. */
    public static boolean isOwned(HasMetadata object, String uid) {
        var owners = Objects.requireNonNullElse(
                object.getMetadata().getOwnerReferences(), List.<io.fabric8.kubernetes.api.model.OwnerReference>of());
        var annotations = Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.<String, String>of());
        return owners.stream().anyMatch(owner -> uid.equals(owner.getUid()))
                || uid.equals(annotations.get(Annotations.OWNER_UID));
    }

    private List<Reference> readReferences(LlmService service) {
        var spec = service.getSpec();
        return spec == null || service.getMetadata().getDeletionTimestamp() != null
                ? List.of()
                : references.read(service.getMetadata().getNamespace(), spec);
    }

    /** The newest plan that can be read. */
    private static Optional<AcceptedPlan> accepted(List<HasMetadata> children) {
        return children.stream()
                .filter(ControllerRevision.class::isInstance)
                .map(ControllerRevision.class::cast)
                .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
                .flatMap(revision -> AcceptedPlanCodec.decode(revision).stream())
                .findFirst();
    }

    private static Observation.Fleet fleet(List<HasMetadata> labelled) {
        return new Observation.Fleet(
                sorted(labelled, Pod.class, "Pod"),
                sorted(labelled, GenericKubernetesResource.class, CustomKinds.NODE_CLAIM.kind()),
                sorted(labelled, Node.class, "Node"));
    }

    private static <T extends HasMetadata> List<T> sorted(List<HasMetadata> objects, Class<T> type, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.getKind()))
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(Comparator.comparing(object -> object.getMetadata().getName()))
                .toList();
    }
}
