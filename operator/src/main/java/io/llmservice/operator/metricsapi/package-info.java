/**
 * The custom metrics API ({@code custom.metrics.k8s.io}) for the pods of LlmServices, through which the HorizontalPodAutoscaler
 * reads vLLM's gauges with nothing else installed. Every replica of the operator serves it behind the API server's aggregation
 * layer; the leader registers it, unless another adapter has.
 */
@NullMarked
package io.llmservice.operator.metricsapi;

import org.jspecify.annotations.NullMarked;
