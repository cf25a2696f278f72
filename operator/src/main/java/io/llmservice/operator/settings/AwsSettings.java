package io.llmservice.operator.settings;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What calls to AWS are made with; without it there are none.
 *
 * @param clusterId part of the name and tags of everything made, because names are account-wide
 * @param region region of targets that name none; absent, the SDK looks for one
 * @param sageMakerUrl where SageMaker's control plane is, if it is not where AWS has it
 */
public record AwsSettings(String clusterId, Optional<String> region, Optional<URI> sageMakerUrl) {

    private static final Pattern CLUSTER_ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?");

    public AwsSettings {
        if (!CLUSTER_ID.matcher(clusterId).matches()) {
            throw new IllegalArgumentException(
                    "CLUSTER_ID must be 1 to 16 of a-z, 0-9 and -, and unlike that of every other cluster of the AWS"
                            + " account, when AWS_ENABLED is true; it is \"" + clusterId + "\"");
        }
    }
}
