package io.llmservice.gateway.aws;

import io.llmservice.gateway.translate.ErrorBody;
import io.llmservice.gateway.upstream.UpstreamException;

/** What an error of AWS means to the relay. */
sealed interface AwsFailure {

    /** The upstream answered, with an error. */
    record Answer(int status, ErrorBody body) implements AwsFailure {}

    /** The upstream gave no answer, or may not be used as it is set up. */
    record NoAnswer(UpstreamException exception) implements AwsFailure {}
}
