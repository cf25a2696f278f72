/**
 * Whether a service's requests go to its pods or past them: a circuit breaker with sealed states, fed with what came of the
 * attempts and with the time, pure of any input or output.
 */
@NullMarked
package io.llmservice.gateway.breaker;

import org.jspecify.annotations.NullMarked;
