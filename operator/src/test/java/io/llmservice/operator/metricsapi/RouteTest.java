package io.llmservice.operator.metricsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final String V1BETA2 = "/apis/custom.metrics.k8s.io/v1beta2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pods/*/vllm:num_requests_running",
                "/pods/%2A/vllm%3Anum_requests_running",
                "/pods/%2a/vllm%3anum_requests_running"
            })
    void metricsOfAllPodsMayComeEncoded(String path) {
        assertThat(Route.of(V1BETA2 + "/namespaces/models" + path))
                .isEqualTo(new Route.Metric(ApiVersion.V1BETA2, "models", "*", "vllm:num_requests_running"));
    }

    @Test
    void encodedSlashDoesNotMakeASegment() {
        assertThat(Route.of(V1BETA2 + "/namespaces/a%2Fpods%2Fb/pods/c/d"))
                .isEqualTo(new Route.Metric(ApiVersion.V1BETA2, "a/pods/b", "c", "d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/apis/",
                "/apis/apps",
                "/apis/custom.metrics.k8s.io/v2",
                V1BETA2 + "/",
                V1BETA2 + "/pods/*/x",
                V1BETA2 + "/namespaces/models/pods/*",
                V1BETA2 + "/namespaces//pods/*/x",
                V1BETA2 + "/namespaces/models/services/*/x",
                V1BETA2 + "/namespaces/models/pods/*/x/y",
                "/openapi",
                "/healthz/x",
            })
    void everythingElseIsUnknown(String path) {
        assertThat(Route.of(path)).isEqualTo(new Route.Unknown());
    }

    @Test
    void parametersAreDecoded() {
        assertThat(Route.parameters("labelSelector=app%3Dllama%2Ctier+in+%28a%29&x&=y&labelSelector=second"))
                .isEqualTo(Map.of("labelSelector", "app=llama,tier in (a)"));
        assertThatThrownBy(() -> Route.parameters("labelSelector=%zz")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void noPathBreaksIt(@ForAll String path) {
        try {
            assertThat(Route.of("/" + path)).isNotNull();
        } catch (IllegalArgumentException badlyEncoded) {
            assertThat(path).contains("%");
        }
    }
}
