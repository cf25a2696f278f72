package io.llmservice.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.planner.decision.ChildKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects what came of each object while a decision is applied. */
final class AppliedRecord {

    private final List<ChildKey> owned = new ArrayList<>();
    private final List<ChildKey> conflicts = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean lostVolumes;

    void owned(ChildKey key) {
        owned.add(key);
    }

    void conflict(ChildKey key) {
        conflicts.add(key);
    }

    void skipped(String kind) {
        skipped.add(kind);
    }

    void failure(ChildKey key, KubernetesClientException refusal) {
        var status = refusal.getStatus();
        var words = status == null || status.getMessage() == null ? "status " + refusal.getCode() : status.getMessage();
        failures.add(key.kind() + " " + key.name() + ": " + words);
    }

    /** Looks whether the API server kept what it may drop without a word. */
    void observed(HasMetadata actual, HasMetadata desired) {
        if (actual instanceof Deployment kept && desired instanceof Deployment wanted) {
            lostVolumes |= imageVolumes(wanted) > imageVolumes(kept);
        }
    }

    /** Whether everything was applied, so that what is no longer asked for may go. */
    boolean isClean() {
        return conflicts.isEmpty() && failures.isEmpty();
    }

    Applied result() {
        return new Applied(owned, conflicts, skipped, failures, lostVolumes);
    }

    private static long imageVolumes(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                .map(Volume::getImage)
                .filter(Objects::nonNull)
                .count();
    }
}
