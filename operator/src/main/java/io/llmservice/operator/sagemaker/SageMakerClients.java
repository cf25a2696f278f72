package io.llmservice.operator.sagemaker;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** One client for each region, all with the credentials that the SDK finds. */
final class SageMakerClients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Optional<URI> url;
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(PATIENCE)
            .build();
    private final Map<String, SageMakerClient> clients = new ConcurrentHashMap<>();

    SageMakerClients(Optional<URI> url) {
        this.url = url;
    }

    /**
     * @param region name of the region; empty for the one that the SDK finds
     */
    SageMakerClient in(String region) {
        return clients.computeIfAbsent(region, this::client);
    }

    /** Without retries: whoever looks again and again needs none, and throttling is to be seen. */
    private SageMakerClient client(String region) {
        var builder = SageMakerClient.builder()
                .httpClient(http)
                .overrideConfiguration(configuration ->
                        configuration.apiCallTimeout(PATIENCE).retryStrategy(AwsRetryStrategy.doNotRetry()));
        url.ifPresent(builder::endpointOverride);
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(SageMakerClient::close);
        http.close();
    }
}
