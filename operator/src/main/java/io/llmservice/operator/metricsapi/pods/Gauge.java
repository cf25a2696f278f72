package io.llmservice.operator.metricsapi.pods;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The vLLM gauges that autoscaling may ask for, by the names that vLLM gives them.
 *
 * <p>With data parallelism one pod shows one time series for each engine: requests add up, and of the caches the fullest counts,
 * since that engine is the first to preempt.
 */
public enum Gauge {
    REQUESTS_RUNNING("vllm:num_requests_running", null),
    REQUESTS_WAITING("vllm:num_requests_waiting", null),
    /** Renamed in vLLM 0.9.2; images before 0.11 may still show only the old name. */
    KV_CACHE_USAGE("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc");

    private final String metricName;
    private final @Nullable String formerName;

    Gauge(String metricName, @Nullable String formerName) {
        this.metricName = metricName;
        this.formerName = formerName;
    }

    public String metricName() {
        return metricName;
    }

    /** The gauge that the metrics API serves under this name. */
    public static Optional<Gauge> ofMetric(String metricName) {
        return Arrays.stream(values())
                .filter(gauge -> gauge.metricName.equals(metricName))
                .findFirst();
    }

    /** The gauge that a time series of this name belongs to, former names included. */
    static Optional<Gauge> ofSeries(String seriesName) {
        return Arrays.stream(values())
                .filter(gauge -> gauge.metricName.equals(seriesName) || seriesName.equals(gauge.formerName))
                .findFirst();
    }

    /** One value for the pod; empty if no time series has a usable one. NaN, infinities and negative numbers are no counts. */
    OptionalDouble fold(DoubleStream series) {
        double[] usable =
                series.filter(value -> Double.isFinite(value) && value >= 0).toArray();
        if (usable.length == 0) {
            return OptionalDouble.empty();
        }
        return switch (this) {
            case REQUESTS_RUNNING, REQUESTS_WAITING ->
                OptionalDouble.of(DoubleStream.of(usable).sum());
            case KV_CACHE_USAGE -> DoubleStream.of(usable).max();
        };
    }
}
