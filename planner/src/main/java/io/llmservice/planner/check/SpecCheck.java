package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.planner.Identity;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.policy.Policy;
import java.util.Optional;

/** One thing that can be wrong with a spec. */
@FunctionalInterface
public interface SpecCheck {

    /** The problem, or empty. */
    Optional<Problem> check(Input input);

    /**
     * What checks look at.
     *
     * @param identity the service
     * @param created RFC 3339 time of its creation
     * @param spec what it asks for
     * @param observation what is there
     * @param policy what the administrator allows
     */
    record Input(Identity identity, String created, LlmServiceSpec spec, Observation observation, Policy policy) {}
}
