package io.llmservice.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.llmservice.operator.observe.ClusterObserver;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.children.ServingDeployment;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is there to what should be there. It writes nothing where nothing differs, never touches an object that
 * belongs to somebody else, and deletes only what it read as its own.
 */
public final class ChildApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ChildApplier.class);

    /** What the API server answers when an object is not acceptable, which trying again does not change. */
    private static final Set<Integer> REFUSALS =
            Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422);

    private final KubernetesClient client;

    public ChildApplier(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Applies, then prunes.
     *
     * @throws KubernetesClientException when the API server is away or another writer was quicker; trying again helps
     */
    public Applied apply(ChildContext service, Decision decision, Observation observation, Context<?> context) {
        var record = new AppliedRecord();
        var observed = observation.children().stream()
                .collect(Collectors.toMap(ChildKey::of, child -> child, (first, second) -> first));
        for (var desired : decision.children().apply()) {
            if (isUnknownKind(desired, observation)) {
                record.skipped(desired.getKind());
                continue;
            }
            var present = Optional.ofNullable(observed.get(ChildKey.of(desired)));
            applyOne(new Target(service, desired), present, context, record);
        }
        if (record.isClean()) {
            decision.children().prune().forEach(this::delete);
        }
        return record.result();
    }

    /** Deletes an object as it was read: one that was made anew in between, or by somebody else, stays. */
    public void delete(HasMetadata object) {
        LOG.atInfo()
                .addKeyValue("kind", object.getKind())
                .addKeyValue("name", object.getMetadata().getName())
                .log("Deleting object");
        client.resource(object)
                .lockResourceVersion(object.getMetadata().getResourceVersion())
                .delete();
    }

    private void applyOne(Target target, Optional<HasMetadata> cached, Context<?> context, AppliedRecord record) {
        var key = ChildKey.of(target.desired());
        try {
            var present = cached.or(() -> live(target.desired()));
            if (present.isPresent()
                    && !ClusterObserver.isOwned(
                            present.get(), target.service().identity().uid())) {
                record.conflict(key);
                return;
            }
            record.owned(key);
            if (present.isPresent() && isSettled(present.get(), target.desired(), context)) {
                record.observed(present.get(), target.desired());
                return;
            }
            var written = write(target.desired(), present);
            record.observed(written, target.desired());
            if (present.isEmpty() && written instanceof Deployment) {
                setInitialReplicas(target.service());
            }
        } catch (KubernetesClientException e) {
            if (!REFUSALS.contains(e.getCode())) {
                throw e;
            }
            record.failure(key, e);
        }
    }

    /** A label-filtered cache cannot see a foreign object of the same name, and a forced apply would take it. */
    private Optional<HasMetadata> live(HasMetadata desired) {
        return Optional.ofNullable(client.resource(desired).get());
    }

    private static boolean isSettled(HasMetadata actual, HasMetadata desired, Context<?> context) {
        if (actual instanceof ControllerRevision kept && desired instanceof ControllerRevision wanted) {
            // The data is part of the name and cannot change.
            return kept.getRevision().equals(wanted.getRevision());
        }
        return Match.matches(actual, desired, context);
    }

    private HasMetadata write(HasMetadata desired, Optional<HasMetadata> present) {
        LOG.atInfo()
                .addKeyValue("kind", desired.getKind())
                .addKeyValue("name", desired.getMetadata().getName())
                .log(present.isPresent() ? "Updating object" : "Creating object");
        // With the UID in it the patch fails if the object was replaced since it was read.
        desired.getMetadata()
                .setUid(present.map(object -> object.getMetadata().getUid()).orElse(null));
        return client.resource(desired).patch(as(FieldManager.OPERATOR));
    }

    private void setInitialReplicas(ChildContext service) {
        if (service.spec().scaling().minReplicas() > 1) {
            client.resource(ServingDeployment.initialReplicas(service)).patch(as(FieldManager.INITIAL_REPLICAS));
        }
    }

    private static PatchContext as(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build();
    }

    private static boolean isUnknownKind(HasMetadata desired, Observation observation) {
        return observation.absentKinds().stream()
                .anyMatch(kind -> kind.kind().equals(desired.getKind())
                        && kind.apiVersion().equals(desired.getApiVersion()));
    }

    /** One object to apply, and for which service. */
    private record Target(ChildContext service, HasMetadata desired) {}
}
