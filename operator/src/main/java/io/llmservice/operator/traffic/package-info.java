/** How requests travel to a service: what the gateway's replicas say, and how each fallback target was found. */
@NullMarked
package io.llmservice.operator.traffic;

import org.jspecify.annotations.NullMarked;
