package io.llmservice.planner.check;

import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reference;
import java.util.List;
import java.util.Optional;

/** The checks in the order in which their problems are told. */
public final class SpecChecks {

    private static final List<SpecCheck> ALL = List.of(
            SchemaChecks::unions,
            SchemaChecks::nodeClass,
            SchemaChecks::scaling,
            SchemaChecks::podMetadata,
            ArchitectureChecks::architecture,
            ComputeChecks::quantities,
            AllowanceChecks::images,
            AllowanceChecks::serviceAccount,
            AllowanceChecks::nodeClass,
            AllowanceChecks::instanceTypes,
            EngineChecks::version,
            EngineChecks::arguments,
            EngineChecks::environment,
            ClusterChecks::references);

    private static final List<SpecCheck> FALLBACK = List.of(
            FallbackChecks::names,
            FallbackChecks::unions,
            FallbackChecks::durations,
            FallbackChecks::headers,
            FallbackChecks::allowance,
            FallbackChecks::siblings,
            input -> ClusterChecks.missing(input, Reference::isForFallback));

    private SpecChecks() {}

    /** The first problem; a person mends one thing at a time. */
    public static Optional<Problem> first(SpecCheck.Input input) {
        return firstOf(ALL, input);
    }

    /**
     * The first problem of the fallback. It does not hold the plan: what serves goes on and changes as it is asked to
     * while the fallback waits to be mended.
     */
    public static Optional<Problem> firstOfFallback(SpecCheck.Input input) {
        return firstOf(FALLBACK, input);
    }

    /** What keeps clients with a key from being let in. */
    public static Optional<Problem> firstOfApiKeys(SpecCheck.Input input) {
        return ClusterChecks.missing(input, Reference::isForGateway);
    }

    private static Optional<Problem> firstOf(List<SpecCheck> checks, SpecCheck.Input input) {
        return checks.stream().flatMap(check -> check.check(input).stream()).findFirst();
    }
}
