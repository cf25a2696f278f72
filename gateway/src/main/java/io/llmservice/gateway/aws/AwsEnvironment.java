package io.llmservice.gateway.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of AWS, by the variables that its SDKs share.
 *
 * @param region where targets are that name none
 * @param bedrockRuntime in place of Bedrock's own address
 * @param bedrockMantle in place of the address of Bedrock's other OpenAI-compatible endpoint
 * @param sageMakerRuntime in place of SageMaker's own address
 * @param bedrockToken an API key of Bedrock, which its OpenAI-compatible routes take in place of a signature
 */
public record AwsEnvironment(
        Optional<String> region,
        Optional<URI> bedrockRuntime,
        Optional<URI> bedrockMantle,
        Optional<URI> sageMakerRuntime,
        Optional<String> bedrockToken) {

    public static AwsEnvironment of(Map<String, String> variables) {
        return new AwsEnvironment(
                value(variables, "AWS_REGION").or(() -> value(variables, "AWS_DEFAULT_REGION")),
                url(variables, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
                url(variables, "AWS_ENDPOINT_URL_BEDROCK_MANTLE"),
                url(variables, "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"),
                value(variables, "AWS_BEARER_TOKEN_BEDROCK"));
    }

    private static Optional<URI> url(Map<String, String> variables, String name) {
        return value(variables, name)
                .or(() -> value(variables, "AWS_ENDPOINT_URL"))
                .map(URI::create);
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Base of Bedrock's OpenAI-compatible route, with {@code /v1}. */
    URI bedrockOpenAi(String region) {
        return URI.create(
                bedrockRuntime.map(URI::toString).orElse("https://bedrock-runtime." + region + "." + suffix(region))
                        + "/openai/v1");
    }

    /** Base of Bedrock's other OpenAI-compatible endpoint, with {@code /v1}. */
    URI bedrockMantle(String region) {
        return URI.create(
                bedrockMantle.map(URI::toString).orElse("https://bedrock-mantle." + region + ".api.aws") + "/v1");
    }

    /** Base of the OpenAI-compatible route of a SageMaker endpoint, with {@code /v1}. */
    URI sageMakerOpenAi(String region, ManagedEndpoints.Endpoint endpoint) {
        String host = sageMakerRuntime
                .map(URI::toString)
                .orElse("https://runtime.sagemaker." + region + "." + suffix(region));
        String component = endpoint.inferenceComponent()
                .map(name -> "/inference-components/" + name)
                .orElse("");
        return URI.create(host + "/endpoints/" + endpoint.name() + component + "/openai/v1");
    }

    private static String suffix(String region) {
        return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AwsEnvironment[region=" + region + ", bedrockRuntime=" + bedrockRuntime + ", bedrockMantle="
                + bedrockMantle + ", sageMakerRuntime=" + sageMakerRuntime + "]";
    }
}
