package io.llmservice.gateway.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;

/** The SDK's clients, one for each service and region, on one HTTP client. They never retry: the breaker decides. */
final class AwsClients implements AutoCloseable {

    private final AwsEnvironment environment;
    private final AwsCredentialsProvider credentials;
    private final SdkAsyncHttpClient http;
    private final Map<String, BedrockRuntimeAsyncClient> bedrock = new ConcurrentHashMap<>();
    private final Map<String, SageMakerRuntimeAsyncClient> sageMaker = new ConcurrentHashMap<>();

    AwsClients(AwsEnvironment environment, AwsCredentialsProvider credentials, SdkAsyncHttpClient http) {
        this.environment = environment;
        this.credentials = credentials;
        this.http = http;
    }

    BedrockRuntimeAsyncClient bedrock(String region) {
        return bedrock.computeIfAbsent(region, this::makeBedrock);
    }

    SageMakerRuntimeAsyncClient sageMaker(String region) {
        return sageMaker.computeIfAbsent(region, this::makeSageMaker);
    }

    private BedrockRuntimeAsyncClient makeBedrock(String region) {
        var client = BedrockRuntimeAsyncClient.builder()
                .region(Region.of(region))
                .httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(withoutRetries());
        environment.bedrockRuntime().ifPresent(client::endpointOverride);
        return client.build();
    }

    private SageMakerRuntimeAsyncClient makeSageMaker(String region) {
        var client = SageMakerRuntimeAsyncClient.builder()
                .region(Region.of(region))
                .httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(withoutRetries());
        environment.sageMakerRuntime().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static ClientOverrideConfiguration withoutRetries() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
    }

    @Override
    public void close() {
        bedrock.values().forEach(BedrockRuntimeAsyncClient::close);
        sageMaker.values().forEach(SageMakerRuntimeAsyncClient::close);
    }
}
