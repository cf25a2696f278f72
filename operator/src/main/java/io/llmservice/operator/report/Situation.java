package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.operator.apply.Applied;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;

/**
 * All that a report is made of.
 *
 * @param service the service with its last status
 * @param decision what was decided
 * @param observation what was there before
 * @param applied what came of applying the decision
 * @param traffic what is known of how requests travel
 */
public record Situation(
        LlmService service, Decision decision, Observation observation, Applied applied, Traffic traffic) {}
