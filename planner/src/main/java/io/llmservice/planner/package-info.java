/**
 * Pure decisions: from an LlmService, what was observed and what the administrator allows, to the objects that should
 * be there. No client, no I/O, no clock.
 */
@NullMarked
package io.llmservice.planner;

import org.jspecify.annotations.NullMarked;
