package io.llmservice.standins.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in is as strict as the service where a gateway could be wrong. */
class BedrockStandInTest {

    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature="
                    + "0".repeat(64);

    private final BedrockStandIn bedrock = BedrockStandIn.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        bedrock.close();
        client.close();
    }

    private HttpResponse<String> post(String authorization, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(bedrock.url() + "/model/any%3A0/converse"))
                .header("x-amz-date", "20261124T120000Z")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic abc",
                "Bearer bedrock-api-key-AAAA",
                "AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/sagemaker/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void anUnsignedRequestIsRefused(String authorization) throws Exception {
        assertThat(post(authorization, "{}").statusCode()).isEqualTo(403);
        assertThat(bedrock.unsigned()).isOne();
        assertThat(bedrock.requests()).isZero();
    }

    @Test
    void twoTurnsOfOneRoleAreInvalid() throws Exception {
        var response = post(SIGNED, """
                {"messages": [{"role": "user", "content": [{"text": "a"}]}, {"role": "user", "content": [{"text": "b"}]}]}""");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-errortype")).contains("ValidationException");
        assertThat(response.body()).contains("alternate");
    }

    @Test
    void aSignedRequestIsAnswered() throws Exception {
        var response = post(SIGNED, """
                {"messages": [{"role": "user", "content": [{"text": "a"}]}], "inferenceConfig": {"maxTokens": 2}}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Bedrock: the", "max_tokens");
    }
}
