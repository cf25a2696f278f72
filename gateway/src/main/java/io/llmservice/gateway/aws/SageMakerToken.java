package io.llmservice.gateway.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * SageMaker's bearer token: a presigned request for {@code sagemaker:CallWithBearerToken} in base64. It is made without a
 * call and kept for half of its life, or until the credentials change. SageMaker takes at most twelve hours.
 */
final class SageMakerToken implements Authorization {

    static final Duration LIFE = Duration.ofHours(1);

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
    private static final String PREFIX = "sagemaker-api-key-";
    private static final URI ACTION = URI.create("https://sagemaker.amazonaws.com/?Action=CallWithBearerToken");

    private final AwsCredentialsProvider credentials;
    private final String region;
    private final InstantSource clock;
    private volatile @Nullable Token kept;

    SageMakerToken(AwsCredentialsProvider credentials, String region, InstantSource clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(URI url, byte[] body) {
        return Map.of("Authorization", "Bearer " + token(), "Content-Type", "application/json");
    }

    private String token() {
        var identity = credentials.resolveCredentials();
        var now = clock.instant();
        var token = kept;
        if (token == null
                || !token.accessKey().equals(identity.accessKeyId())
                || now.isAfter(token.made().plus(LIFE.dividedBy(2)))) {
            token = new Token(sign(identity), identity.accessKeyId(), now);
            kept = token;
        }
        return token.text();
    }

    private String sign(AwsCredentials identity) {
        var request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(ACTION).build();
        var signed = SIGNER.sign(sign -> sign.identity(identity)
                .request(request)
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFE)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sagemaker")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(clock.instant(), ZoneOffset.UTC)));
        String presigned = signed.request().getUri().toString().substring("https://".length()) + "&Version=1";
        return PREFIX + Base64.getEncoder().encodeToString(presigned.getBytes(StandardCharsets.UTF_8));
    }

    private record Token(String text, String accessKey, Instant made) {
        @Override
        public String toString() {
            return "Token[made=" + made + "]";
        }
    }
}
