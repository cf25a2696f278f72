package io.llmservice.operator.metricsapi;

import java.time.Instant;

/** One pod's value of the metric asked for, and when it was read. */
record PodValue(String namespace, String pod, Instant readAt, MilliQuantity value) {}
