package io.llmservice.operator.sagemaker;

import io.llmservice.planner.fallback.TargetState;

/**
 * What the last look at a target found.
 *
 * @param state how it stands
 * @param endpointState SageMaker's word for the endpoint
 * @param outcome what follows
 */
record Found(TargetState state, String endpointState, Outcome outcome) {

    /** What follows from a look. */
    enum Outcome {
        /** Nothing changes by itself; looked at now and then. */
        SETTLED,
        /** Something is under way. */
        MOVING,
        /** AWS refused; tried again, each time later. */
        REFUSED,
        /** Nothing is left. */
        GONE
    }
}
