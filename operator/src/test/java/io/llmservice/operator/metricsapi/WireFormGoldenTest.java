package io.llmservice.operator.metricsapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.operator.metricsapi.pods.Gauge;
import io.llmservice.operator.metricsapi.pods.MalformedSelectorException;
import io.llmservice.operator.metricsapi.pods.Selector;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that clients of both versions parse, as the Go types of k8s.io/metrics write them. */
class WireFormGoldenTest {
    private static final Instant READ_AT = Instant.parse("2026-11-24T10:00:00.987Z");
    private static final PodValue VALUE = new PodValue("models", "llama-0", READ_AT, MilliQuantity.of(0.4567));

    @Test
    void v1beta2() {
        assertThat(json(MetricValueList.of(
                        ApiVersion.V1BETA2, Gauge.KV_CACHE_USAGE, Selector.EVERYTHING, List.of(VALUE))))
                .isEqualTo("""
                        {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta2","metadata":{},"items":[\
                        {"describedObject":{"kind":"Pod","namespace":"models","name":"llama-0","apiVersion":"v1"},\
                        "metric":{"name":"vllm:kv_cache_usage_perc","selector":null},\
                        "timestamp":"2026-11-24T10:00:00Z","windowSeconds":0,"value":"457m"}]}""");
    }

    @Test
    void v1beta1() {
        assertThat(json(MetricValueList.of(
                        ApiVersion.V1BETA1, Gauge.KV_CACHE_USAGE, Selector.EVERYTHING, List.of(VALUE))))
                .isEqualTo("""
                        {"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/v1beta1","metadata":{},"items":[\
                        {"describedObject":{"kind":"Pod","namespace":"models","name":"llama-0","apiVersion":"v1"},\
                        "metricName":"vllm:kv_cache_usage_perc",\
                        "timestamp":"2026-11-24T10:00:00Z","window":0,"value":"457m","selector":null}]}""");
    }

    @Test
    void selectorOfTheTimeSeriesIsRepeated() throws MalformedSelectorException {
        Selector series = Selector.parse("engine=0,model_name in (b,a)");

        assertThat(json(MetricValueList.of(ApiVersion.V1BETA2, Gauge.REQUESTS_RUNNING, series, List.of(VALUE))))
                .contains("\"metric\":{\"name\":\"vllm:num_requests_running\",\"selector\":{\"matchExpressions\":"
                        + "[{\"key\":\"model_name\",\"operator\":\"In\",\"values\":[\"a\",\"b\"]}],"
                        + "\"matchLabels\":{\"engine\":\"0\"}}}");
    }

    @Test
    void noPodsAreAnEmptyList() {
        assertThat(json(MetricValueList.of(ApiVersion.V1BETA2, Gauge.REQUESTS_WAITING, Selector.EVERYTHING, List.of())))
                .isEqualTo("{\"kind\":\"MetricValueList\",\"apiVersion\":\"custom.metrics.k8s.io/v1beta2\","
                        + "\"metadata\":{},\"items\":[]}");
    }

    @Test
    void resources() {
        assertThat(json(Discovery.resources(ApiVersion.V1BETA1)))
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"APIResourceList\","
                        + "\"groupVersion\":\"custom.metrics.k8s.io/v1beta1\",\"resources\":["
                        + resource("num_requests_running") + "," + resource("num_requests_waiting") + ","
                        + resource("kv_cache_usage_perc") + "]}");
    }

    @Test
    void groups() {
        assertThat(json(Discovery.groups()))
                .contains("\"kind\":\"APIGroupList\"")
                .contains("\"name\":\"custom.metrics.k8s.io\"")
                .contains("\"preferredVersion\":{\"groupVersion\":\"custom.metrics.k8s.io/v1beta2\","
                        + "\"version\":\"v1beta2\"}");
    }

    private static String resource(String gauge) {
        return "{\"kind\":\"MetricValueList\",\"name\":\"pods/vllm:" + gauge
                + "\",\"namespaced\":true,\"singularName\":\"\",\"verbs\":[\"get\"]}";
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
