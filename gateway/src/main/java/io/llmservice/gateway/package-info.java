/**
 * The gateway: one OpenAI endpoint in front of pods and fallback targets. A request goes through scan, route, admission,
 * dispatch and relay; what came of it is told to the breaker, the budget and the metrics.
 */
@NullMarked
package io.llmservice.gateway;

import org.jspecify.annotations.NullMarked;
