package io.llmservice.gateway.aws;

import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.api.v1alpha1.SageMakerTarget;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Targets, services and credentials of the tests. */
final class Aws {

    static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "not-a-secret"));

    private Aws() {}

    static FallbackTarget bedrock(BedrockDialect dialect) {
        var bedrock = new BedrockTarget("anthropic.claude-x-v1:0", "us-east-1", dialect, BedrockEndpoint.RUNTIME);
        return new FallbackTarget("bedrock", null, bedrock, null, null, null, "60s", null);
    }

    static FallbackTarget sageMaker(SageMakerDialect dialect) {
        return sageMaker(dialect, null);
    }

    static FallbackTarget sageMaker(SageMakerDialect dialect, @Nullable String inferenceComponent) {
        var sageMaker = new SageMakerTarget("llama", null, "us-east-1", dialect, inferenceComponent);
        return new FallbackTarget("sagemaker", sageMaker, null, null, null, null, "60s", null);
    }

    static ServiceRoute service() {
        return new ServiceRoute(
                new ServiceKey("team", "chat"),
                "uid",
                "llama",
                "2026-01-01T00:00:00Z",
                FallbackMode.AUTOMATIC,
                Optional.empty(),
                GatewaySpec.defaults(),
                List.of(),
                300,
                Map.of());
    }
}
