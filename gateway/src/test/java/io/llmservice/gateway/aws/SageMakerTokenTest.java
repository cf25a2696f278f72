package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The bearer token of SageMaker's OpenAI-compatible route. */
class SageMakerTokenTest {

    private static final URI ANY = URI.create("http://127.0.0.1/");

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private AwsCredentials credentials = AwsSessionCredentials.create("AKIDEXAMPLE", "not-a-secret", "a-session");
    private final SageMakerToken token = new SageMakerToken(() -> credentials, "eu-west-1", () -> now);

    private String next() {
        return String.valueOf(token.headers(ANY, new byte[0]).get("Authorization"));
    }

    @Test
    void holdsAPresignedRequestForAnHour() {
        String encoded = next().substring("Bearer sagemaker-api-key-".length());
        var request = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);

        assertThat(request)
                .startsWith("sagemaker.amazonaws.com/?")
                .endsWith("&Version=1")
                .contains("Action=CallWithBearerToken")
                .contains("X-Amz-Expires=3600")
                .contains("%2Feu-west-1%2Fsagemaker%2Faws4_request")
                .contains("X-Amz-Security-Token=a-session")
                .contains("X-Amz-SignedHeaders=host")
                .doesNotContain("not-a-secret");
    }

    @Test
    void isKeptForHalfOfItsLife() {
        String first = next();

        now = now.plus(Duration.ofMinutes(29));
        assertThat(next()).isEqualTo(first);

        now = now.plus(Duration.ofMinutes(2));
        assertThat(next()).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewForNewCredentials() {
        String first = next();

        credentials = AwsBasicCredentials.create("AKIDOTHER", "not-a-secret");

        assertThat(next()).isNotEqualTo(first);
    }
}
