/**
 * Which pods a query means and what their own {@code /metrics} say now: the label selector, the gauges that autoscaling
 * understands, a strict parser for just those, and a reader bounded in time, parallelism and bytes.
 */
@NullMarked
package io.llmservice.operator.metricsapi.pods;

import org.jspecify.annotations.NullMarked;
