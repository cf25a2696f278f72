package io.llmservice.gateway.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of AWS, by the variables that its SDKs share.
 *
 * @param region where targets are that name none
 * @param bedrockRuntime in place of Bedrock's own address
 * @param sageMakerRuntime in place of SageMaker's own address
 * @param bedrockToken an API key of Bedrock, which its OpenAI-compatible routes take in place of a signature
 */
public record AwsEnvironment(
        Optional<String> region,
        Optional<URI> bedrockRuntime,
        Optional<URI> sageMakerRuntime,
        Optional<String> bedrockToken) {

    public static AwsEnvironment of(Map<String, String> variables) {
        return new AwsEnvironment(
                value(variables, "AWS_REGION").or(() -> value(variables, "AWS_DEFAULT_REGION")),
                url(variables, "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
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

    /** Without the token. */
    @Override
    public String toString() {
        return "AwsEnvironment[region=" + region + ", bedrockRuntime=" + bedrockRuntime + ", sageMakerRuntime="
                + sageMakerRuntime + "]";
    }
}
