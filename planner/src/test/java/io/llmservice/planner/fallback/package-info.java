/** Where a tenant may not go, whatever it calls the place. */
@org.jspecify.annotations.NullMarked
package io.llmservice.planner.fallback;
