package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.standins.sagemaker.SageMakerControlPlane;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A managed endpoint follows its service: announced in the status, made, waited for, and gone before the service is. */
class SageMakerIT {

    private static final String SPEC = """
            model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}
            fallback: {targets: [{name: cloud, sageMaker: {managed: {instanceType: ml.g5.2xlarge}}}]}
            """;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));

    @Test
    void anEndpointComesAndGoesWithItsService() throws IOException {
        System.setProperty("aws.accessKeyId", "stand-in");
        System.setProperty("aws.secretAccessKey", "stand-in");
        try (var aws = SageMakerControlPlane.start(clock::get);
                var operator = OperatorFixture.in(TestCluster.newNamespace(), settings(aws))) {
            aws.deny("sagemaker:CreateEndpoint");
            operator.apply("llm", SPEC);
            operator.awaitReason("llm", "FallbackReady", "AwsAccessDenied");
            assertThat(aws.models()).hasSize(1);

            aws.allow("sagemaker:CreateEndpoint");
            operator.awaitReason("llm", "FallbackReady", "FallbackVerified");
            assertThat(aws.endpoints()).hasSize(1);
            assertThat(aws.models()).hasSize(1);
            assertThat(operator.service("llm").orElseThrow().getStatus())
                    .satisfies(status -> assertThat(status.sageMaker())
                            .singleElement()
                            .returns(aws.endpoints().getFirst(), SageMakerEndpointStatus::endpoint)
                            .returns("InService", SageMakerEndpointStatus::state));

            aws.deny("sagemaker:DeleteEndpoint");
            operator.delete("llm");
            await().atMost(OperatorFixture.PATIENCE)
                    .until(() -> operator.service("llm")
                            .map(SageMakerIT::isWaitingForTheRight)
                            .orElse(false));
            aws.allow("sagemaker:DeleteEndpoint");
            await().atMost(OperatorFixture.PATIENCE)
                    .until(() -> operator.service("llm").isEmpty());
            assertThat(aws.endpoints()).isEmpty();
            assertThat(aws.models()).isEmpty();
            assertThat(aws.endpointConfigs()).isEmpty();
        }
    }

    private static boolean isWaitingForTheRight(LlmService service) {
        return service.getStatus() != null
                && service.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.reason().equals("Deleting")
                                && condition.message().contains("sagemaker:DeleteEndpoint"));
    }

    private static Map<String, String> settings(SageMakerControlPlane aws) {
        return Map.of(
                "AWS_ENABLED", "true",
                "CLUSTER_ID", "test",
                "AWS_REGION", "us-east-1",
                "SAGEMAKER_URL", aws.url().toString(),
                "ALLOWED_SAGEMAKER_INSTANCE_TYPES", "ml.g5.*",
                "SAGEMAKER_EXECUTION_ROLE", "arn:aws:iam::111122223333:role/serve",
                "SAGEMAKER_IMAGE", "111122223333.dkr.ecr.us-east-1.amazonaws.com/vllm:1");
    }
}
