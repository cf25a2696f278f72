package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.Spend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each replica of the gateway writes its own entry; the operator sums them up and clears those of the dead. */
class GatewayReportsIT {

    private static final String SPEC = """
            model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}
            fallback: {targets: [{name: vendor, openAi: {url: "https://api.example.com/v1"}}]}
            """;

    private final String namespace = TestCluster.newNamespace();

    @Test
    void anEntryIsSummedUpAndStaysItsWritersUntilTheWriterHasGone() {
        try (var operator = OperatorFixture.in(
                namespace, Map.of("GATEWAY_NAMESPACE", namespace, "ALLOWED_FALLBACK_HOSTS", "api.example.com"))) {
            operator.apply("llm", SPEC);
            operator.awaitReason("llm", "FallbackReady", "FallbackVerified");
            pod(operator, "gw-1");
            pod(operator, "gw-2");
            say(operator, "gw-1", BreakerPosition.OPEN, null);
            say(operator, "gw-2", BreakerPosition.CLOSED, spent());

            operator.awaitReason("llm", "ServingFromPrimary", "BreakerOpen");
            await(operator, status -> "2 report, 1 open".equals(replicas(status)));
            assertThat(status(operator).fallback())
                    .extracting(fallback -> fallback.requests())
                    .isEqualTo(7L);
            assertThat(status(operator).gateways()).containsOnlyKeys("gw-1", "gw-2");

            remove(operator, "gw-1");
            operator.awaitReason("llm", "ServingFromPrimary", "Primary");
            await(operator, status -> !status.gateways().containsKey("gw-1"));

            remove(operator, "gw-2");
            await(operator, status -> "no replica of the gateway reports".equals(replicas(status)));
            assertThat(status(operator).gateways()).containsOnlyKeys("gw-2");
            assertThat(status(operator).fallback())
                    .extracting(fallback -> fallback.requests())
                    .isEqualTo(7L);
        }
    }

    private static void await(OperatorFixture operator, Predicate<LlmServiceStatus> seen) {
        org.awaitility.Awaitility.await().atMost(OperatorFixture.PATIENCE).until(() -> seen.test(status(operator)));
    }

    private static LlmServiceStatus status(OperatorFixture operator) {
        var service = operator.admin
                .resources(LlmService.class)
                .inNamespace(operator.namespace)
                .withName("llm")
                .get();
        return Objects.requireNonNull(service.getStatus());
    }

    private static @Nullable String replicas(LlmServiceStatus status) {
        return status.breaker() == null ? null : status.breaker().replicas();
    }

    /** Of today; at midnight the test would need a second try. */
    private static Spend spent() {
        return new Spend(Instant.now().toString().substring(0, 10), 1000L, 100L, 7L);
    }

    private static void say(OperatorFixture operator, String replica, BreakerPosition state, @Nullable Spend day) {
        var partial = new LlmService();
        partial.getMetadata().setNamespace(operator.namespace);
        partial.getMetadata().setName("llm");
        partial.setStatus(new LlmServiceStatus(
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                Map.of(replica, new GatewayReport(state, "said so", null, null, "vendor", null, day))));
        operator.applyStatus(partial, GatewayReport.fieldManager(replica));
    }

    private static void pod(OperatorFixture operator, String name) {
        operator.admin
                .resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: %s, namespace: %s}
                        spec: {containers: [{name: gateway, image: gateway}]}
                        """.formatted(name, operator.namespace), Pod.class))
                .create();
    }

    private static void remove(OperatorFixture operator, String name) {
        operator.admin
                .pods()
                .inNamespace(operator.namespace)
                .withName(name)
                .withGracePeriod(0)
                .delete();
    }
}
