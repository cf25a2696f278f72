package io.llmservice.operator.apply;

import io.llmservice.planner.decision.ChildKey;
import java.util.List;

/**
 * What came of applying a decision.
 *
 * @param owned objects that are there and belong to the service
 * @param conflicts objects of a name that the service needs and that belong to somebody else
 * @param skipped kinds that the cluster does not know
 * @param failures objects that the API server refused, with its words
 * @param lostVolumes whether the API server dropped an image volume, as those before 1.35 do by default
 */
public record Applied(
        List<ChildKey> owned,
        List<ChildKey> conflicts,
        List<String> skipped,
        List<String> failures,
        boolean lostVolumes) {

    public Applied {
        owned = owned.stream().sorted().toList();
        conflicts = List.copyOf(conflicts);
        skipped = skipped.stream().distinct().sorted().toList();
        failures = List.copyOf(failures);
    }

    /** For a service that has no plan yet. */
    public static Applied nothing() {
        return new Applied(List.of(), List.of(), List.of(), List.of(), false);
    }
}
