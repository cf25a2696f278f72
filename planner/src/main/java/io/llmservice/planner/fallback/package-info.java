/** What is known of the fallback targets beforehand: list prices of their tokens, with source and date. */
@NullMarked
package io.llmservice.planner.fallback;

import org.jspecify.annotations.NullMarked;
