/**
 * The plan of a service: what was chosen, in numbers and words, and how a plan in force is kept. A plan in force stays
 * until the spec changes or a person asks, whatever prices, catalogue or operator say.
 */
@NullMarked
package io.llmservice.planner.plan;

import org.jspecify.annotations.NullMarked;
