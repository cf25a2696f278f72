/**
 * Fallback targets as far as operator and gateway must agree on them: which mode is in force, what a tenant may name, and
 * what tokens cost.
 */
@NullMarked
package io.llmservice.planner.fallback;

import org.jspecify.annotations.NullMarked;
