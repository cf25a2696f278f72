/**
 * What a model needs and which instances carry it: GPU memory from the causes that vLLM's own start-up reports, the host's share for a
 * replica, an estimate of the cold start, and a ranked choice of instance types that explains itself in numbers. Pure: same request,
 * same answer.
 */
@NullMarked
package io.llmservice.planner.sizing;

import org.jspecify.annotations.NullMarked;
