package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.CapacityType;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.InstanceType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which instance types may be chosen: families, or types in the user's order of preference (then the families do not count), of which the
 * administrator permits some. Capacity types are passed through to the choice; replicas are how many are priced together.
 */
public record Candidates(
        List<String> families,
        List<String> types,
        List<CapacityType> capacityTypes,
        int replicas,
        Predicate<String> permitted) {
    public static final List<String> DEFAULT_FAMILIES = List.of("g5", "p4d");

    public Candidates {
        families = families.isEmpty() && types.isEmpty() ? DEFAULT_FAMILIES : List.copyOf(families);
        types = types.stream().distinct().toList();
        capacityTypes = List.copyOf(capacityTypes);
        if (replicas <= 0) {
            throw new IllegalArgumentException("replicas must be above 0");
        }
    }

    /** Every type of these families, by price; the default families when none is given. */
    public static Candidates ofFamilies(String... families) {
        return new Candidates(List.of(families), List.of(), List.of(CapacityType.ON_DEMAND), 1, type -> true);
    }

    /** These types, in this order of preference. */
    public static Candidates ofTypes(String... types) {
        return new Candidates(List.of(), List.of(types), List.of(CapacityType.ON_DEMAND), 1, type -> true);
    }

    public Candidates withPermitted(Predicate<String> other) {
        return new Candidates(families, types, capacityTypes, replicas, other);
    }

    public Candidates withReplicas(int other) {
        return new Candidates(families, types, capacityTypes, other, permitted);
    }

    public Candidates withCapacityTypes(List<CapacityType> other) {
        return new Candidates(families, types, other, replicas, permitted);
    }

    /** Every type that the catalogue knows, for what else might fit. */
    Candidates widened(InstanceCatalogue catalogue) {
        return new Candidates(catalogue.families(), List.of(), capacityTypes, replicas, permitted);
    }

    /** Whether the user named types, so that their order counts and price does not. */
    boolean named() {
        return !types.isEmpty();
    }

    /** The types to consider, in order of preference or of the catalogue. */
    List<InstanceType> considered(InstanceCatalogue catalogue) {
        return named()
                ? types.stream().map(catalogue::find).flatMap(Optional::stream).toList()
                : families.stream()
                        .distinct()
                        .flatMap(family -> catalogue.family(family).stream())
                        .toList();
    }

    /** What the user named and the catalogue lacks. */
    List<String> unknown(InstanceCatalogue catalogue) {
        return named()
                ? types.stream().filter(type -> catalogue.find(type).isEmpty()).toList()
                : families.stream()
                        .filter(family -> catalogue.family(family).isEmpty())
                        .toList();
    }
}
