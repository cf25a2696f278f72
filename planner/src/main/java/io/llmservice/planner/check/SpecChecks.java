package io.llmservice.planner.check;

import io.llmservice.planner.decision.Problem;
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

    private SpecChecks() {}

    /** The first problem; a person mends one thing at a time. */
    public static Optional<Problem> first(SpecCheck.Input input) {
        return ALL.stream().flatMap(check -> check.check(input).stream()).findFirst();
    }
}
