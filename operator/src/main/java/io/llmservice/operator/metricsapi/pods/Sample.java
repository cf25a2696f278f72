package io.llmservice.operator.metricsapi.pods;

import java.util.Map;

/** One time series' value in a pod's metrics, with its labels ({@code model_name}, {@code engine}). */
record Sample(Gauge gauge, Map<String, String> labels, double value) {
    Sample {
        labels = Map.copyOf(labels);
    }
}
