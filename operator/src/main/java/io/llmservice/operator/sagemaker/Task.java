package io.llmservice.operator.sagemaker;

import io.llmservice.planner.sagemaker.DesiredEndpoint;
import io.llmservice.planner.sagemaker.Owner;
import java.util.Optional;

/** What is to be done about one target in AWS. */
sealed interface Task {

    /** Region of the target; empty for the one that the SDK finds. */
    String region();

    /** Looks at an endpoint that is there already. */
    record Watch(String region, String endpoint, Optional<String> component) implements Task {}

    /** Brings an endpoint to what is desired and keeps it so; looks only, while nothing may be changed. */
    record Keep(String region, DesiredEndpoint desired, boolean mayChange) implements Task {}

    /**
     * Takes an endpoint away.
     *
     * @param desired what it was to be, if that is known still
     * @param retain whether it stays; absent, its tags say so
     */
    record Remove(String region, Owner owner, Optional<DesiredEndpoint> desired, Optional<Boolean> retain)
            implements Task {}
}
