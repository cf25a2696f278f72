/**
 * What can be wrong with a spec, one pure check each. The API server refuses what its schema can tell; the rest is said
 * in a condition. Every message names the field and the way out.
 */
@NullMarked
package io.llmservice.planner.check;

import org.jspecify.annotations.NullMarked;
