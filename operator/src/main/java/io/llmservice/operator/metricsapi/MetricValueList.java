package io.llmservice.operator.metricsapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.llmservice.operator.metricsapi.pods.Gauge;
import io.llmservice.operator.metricsapi.pods.Selector;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a query in the wire form of its version (k8s.io/metrics, pkg/apis/custom_metrics). */
record MetricValueList(String kind, String apiVersion, Map<String, String> metadata, List<Item> items) {

    static MetricValueList of(ApiVersion version, Gauge gauge, Selector series, List<PodValue> values) {
        LabelSelector selector = series.structured().orElse(null);
        List<Item> items = values.stream()
                .map(value -> switch (version) {
                    case V1BETA2 -> v1beta2(gauge, selector, value);
                    case V1BETA1 -> v1beta1(gauge, selector, value);
                })
                .toList();
        return new MetricValueList("MetricValueList", version.groupVersion(), Map.of(), items);
    }

    private static Item v1beta2(Gauge gauge, @Nullable LabelSelector selector, PodValue value) {
        return new V1beta2(
                describedObject(value),
                new Identifier(gauge.metricName(), selector),
                timestamp(value),
                0,
                value.value().text());
    }

    private static Item v1beta1(Gauge gauge, @Nullable LabelSelector selector, PodValue value) {
        return new V1beta1(
                describedObject(value),
                gauge.metricName(),
                timestamp(value),
                0,
                value.value().text(),
                selector);
    }

    private static DescribedObject describedObject(PodValue value) {
        return new DescribedObject("Pod", value.namespace(), value.pod(), "v1");
    }

    /** The API's times have whole seconds. */
    private static String timestamp(PodValue value) {
        return value.readAt().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    sealed interface Item {}

    /** The window of a gauge, which is not computed over time, is zero. */
    record V1beta2(
            DescribedObject describedObject, Identifier metric, String timestamp, long windowSeconds, String value)
            implements Item {}

    record V1beta1(
            DescribedObject describedObject,
            String metricName,
            String timestamp,
            long window,
            String value,
            @JsonInclude @Nullable LabelSelector selector)
            implements Item {}

    record DescribedObject(String kind, String namespace, String name, String apiVersion) {}

    record Identifier(String name, @JsonInclude @Nullable LabelSelector selector) {}
}
