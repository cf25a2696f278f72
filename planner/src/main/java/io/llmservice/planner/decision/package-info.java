/**
 * From a service, what was observed and what is allowed, to a decision: proceed with these objects, or hold and change
 * nothing that serves.
 */
@NullMarked
package io.llmservice.planner.decision;

import org.jspecify.annotations.NullMarked;
