/**
 * The serving certificate of the metrics API and the authority behind it: kept in one Secret that every replica shares, renewed
 * by whoever notices first, and taken into use without closing the listener.
 */
@NullMarked
package io.llmservice.operator.metricsapi.tls;

import org.jspecify.annotations.NullMarked;
