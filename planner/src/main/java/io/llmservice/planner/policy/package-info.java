/** What the operator's administrator allows, and the defaults that the administrator sets. */
@NullMarked
package io.llmservice.planner.policy;

import org.jspecify.annotations.NullMarked;
