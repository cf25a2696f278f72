package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.CapacityType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a request is served, or why nowhere. */
public sealed interface InstanceChoice {
    /**
     * A ladder of instance types, the first choice on its first rung; on every rung the pod template of the first choice fits. Each rung's
     * shape is the same; memory and price are the rung's own.
     */
    record Chosen(
            List<Sizing> ladder,
            List<CapacityType> capacityTypes,
            List<String> reasons,
            List<String> notes,
            List<Rejection> rejections)
            implements InstanceChoice {
        public Chosen {
            if (ladder.isEmpty()) {
                throw new IllegalArgumentException("a ladder has a first rung");
            }
            ladder = List.copyOf(ladder);
            capacityTypes = List.copyOf(capacityTypes);
            reasons = List.copyOf(reasons);
            notes = List.copyOf(notes);
            rejections = List.copyOf(rejections);
        }

        public Sizing first() {
            return ladder.getFirst();
        }

        /** The one pod template's shape. */
        public ReplicaShape shape() {
            return first().shape();
        }
    }

    /** No allowed type carries the request: the one that misses by least, what would make it fit, and each type's reason. */
    record NothingFits(@Nullable Rejection closest, List<String> remedies, List<Rejection> rejections)
            implements InstanceChoice {
        public NothingFits {
            remedies = List.copyOf(remedies);
            rejections = List.copyOf(rejections);
        }

        public Optional<Rejection> closestMiss() {
            return Optional.ofNullable(closest);
        }

        /** One message for a condition: the closest miss and the ways out. */
        public String message() {
            return remedies.isEmpty() ? miss() : miss() + ". To make it fit: " + String.join("; or ", remedies);
        }

        private String miss() {
            if (closest != null) {
                return "nothing fits; closest is " + closest.line();
            }
            return rejections.isEmpty()
                    ? "spec.compute allows no instance type"
                    : "no instance type can be used; " + rejections.getFirst().line();
        }
    }

    /** The request contradicts itself or its model; no instance type would help. */
    record Refused(BadInput badInput) implements InstanceChoice {}
}
