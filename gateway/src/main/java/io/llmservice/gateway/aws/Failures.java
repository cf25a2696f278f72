package io.llmservice.gateway.aws;

import io.llmservice.gateway.aws.AwsFailure.Answer;
import io.llmservice.gateway.aws.AwsFailure.NoAnswer;
import io.llmservice.gateway.translate.ErrorBody;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamException.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/**
 * Reads the errors of one target.
 *
 * @param resource what is asked, such as {@code Bedrock model x in us-east-1}
 * @param actions the IAM actions that asking it needs
 */
record Failures(String resource, String actions) {

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z-]+:[A-Za-z]+)");
    private static final Pattern CONFIGURATION = Pattern.compile(
            "model identifier is invalid|on-demand throughput|inference profile|endpoint .* not found|inference component",
            Pattern.CASE_INSENSITIVE);

    AwsFailure of(Throwable thrown) {
        var error = root(thrown);
        return switch (error) {
            case UpstreamException known -> new NoAnswer(known);
            case AwsServiceException service -> ofService(service);
            default -> new NoAnswer(ofClient(error));
        };
    }

    /** What a stream that has begun says of an error. */
    ErrorBody event(Throwable thrown) {
        return switch (of(thrown)) {
            case Answer answer -> answer.body();
            case NoAnswer none -> new ErrorBody("api_error", "upstream_failed", message(none.exception()));
        };
    }

    /** Nothing came in time. */
    UpstreamException timedOut() {
        return new UpstreamException(Cause.TIMED_OUT, resource + " did not answer in time.", null);
    }

    /** The target cannot be asked as it is set up. */
    UpstreamException refused(String message) {
        return new UpstreamException(Cause.REFUSED, resource + ": " + message, null);
    }

    private AwsFailure ofService(AwsServiceException error) {
        var details = Optional.ofNullable(error.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("").toLowerCase(Locale.ROOT);
        String message = details.map(AwsErrorDetails::errorMessage).orElse("");
        int status = error.statusCode();
        return switch (code.replaceAll("(exception|error)$", "")) {
            case "throttling", "toomanyrequests", "servicequotaexceeded" -> answer(429, "throttled");
            case "validation" -> validation(message);
            case "resourcenotfound" -> new NoAnswer(missing());
            case "modelnotready" -> answer(503, "not_ready");
            case "serviceunavailable" -> answer(503, "unavailable");
            case "modeltimeout" -> answer(504, "timed_out");
            case "model" -> ofModel(error);
            case "modelstream", "internalserver", "internalfailure", "internaldependency", "internalstreamfailure" ->
                answer(502, "upstream_failed");
            case "accessdenied" -> new NoAnswer(denied(message));
            default -> status == 401 || status == 403 ? new NoAnswer(credentials()) : byStatus(status);
        };
    }

    /** HTTP errors of an OpenAI-compatible route, where the body is not the SDK's to read. */
    Optional<UpstreamException> ofStatus(int status, String body) {
        return switch (status) {
            case 401, 403 -> Optional.of(ACTION.matcher(body).find() ? denied(body) : credentials());
            case 404 -> Optional.of(missing());
            default -> CONFIGURATION.matcher(body).find() && status == 400 ? Optional.of(missing()) : Optional.empty();
        };
    }

    /** An error that an OpenAI-compatible route did not put into words. */
    ErrorBody plain(int status) {
        return switch (status) {
            case 429 -> answer(429, "throttled").body();
            case 503 -> answer(503, "unavailable").body();
            case 504 -> answer(504, "timed_out").body();
            default ->
                answer(status, status < 500 ? "invalid_request" : "upstream_failed")
                        .body();
        };
    }

    private AwsFailure byStatus(int status) {
        return status >= 400 && status < 500 && status != 424 && status != 408
                ? answer(400, "invalid_request")
                : answer(502, "upstream_failed");
    }

    private AwsFailure validation(String message) {
        return CONFIGURATION.matcher(message).find()
                ? new NoAnswer(missing())
                : new Answer(400, new ErrorBody("invalid_request_error", "invalid_request", message));
    }

    /** SageMaker wraps what its container answered. */
    private AwsFailure ofModel(AwsServiceException error) {
        int original = error instanceof ModelErrorException model && model.originalStatusCode() != null
                ? model.originalStatusCode()
                : 502;
        return switch (original) {
            case 400, 413, 422 ->
                new Answer(
                        400,
                        new ErrorBody(
                                "invalid_request_error",
                                "invalid_request",
                                "The model's container refused the request: "
                                        + ((ModelErrorException) error).originalMessage()));
            case 429 -> answer(429, "throttled");
            case 503 -> answer(503, "unavailable");
            case 408, 504 -> answer(504, "timed_out");
            default -> answer(502, "upstream_failed");
        };
    }

    private Answer answer(int status, String code) {
        String type = status == 429 ? "rate_limit_error" : status == 400 ? "invalid_request_error" : "api_error";
        String what = switch (code) {
            case "throttled" -> " takes no more requests now; ask again later or raise its quota.";
            case "not_ready" -> " is not ready yet; ask again later.";
            case "unavailable" -> " is not available now; ask again later.";
            case "timed_out" -> " took too long; ask again, or for fewer tokens.";
            case "invalid_request" -> " refused the request as invalid.";
            default -> " failed; ask again.";
        };
        return new Answer(status, new ErrorBody(type, code, resource + what));
    }

    private UpstreamException denied(String message) {
        var match = ACTION.matcher(message);
        String action = match.find() ? match.group(1) : actions;
        return refused("access denied; allow " + action + " on it in the IAM policy of the gateway's role.");
    }

    private UpstreamException credentials() {
        return refused(
                "AWS did not accept the gateway's credentials; check its role (IRSA or Pod Identity), that it may "
                        + actions + ", and the clock.");
    }

    private UpstreamException missing() {
        return refused(
                "AWS does not know it or does not offer it in this form; check its name, its region and, for Bedrock, whether it needs an inference profile.");
    }

    private UpstreamException ofClient(Throwable error) {
        String text = message(error).toLowerCase(Locale.ROOT);
        if (text.contains("credentials") || text.contains("unable to load region")) {
            return refused("no AWS credentials; give the gateway's service account a role (IRSA or Pod Identity).");
        }
        boolean unconnected = error instanceof ConnectException
                || error instanceof UnknownHostException
                || error instanceof SSLHandshakeException
                || text.contains("refused")
                || text.contains("dns")
                || text.contains("acquire");
        return unconnected
                ? new UpstreamException(Cause.NOT_CONNECTED, resource + ": no connection.", null)
                : new UpstreamException(Cause.RESET, resource + ": the connection ended before the answer.", null);
    }

    private static Throwable root(Throwable thrown) {
        var error = thrown;
        while (error.getCause() != null
                && (error instanceof CompletionException
                        || error instanceof SdkClientException
                        || error.getClass() == IOException.class
                        || error.getClass() == RuntimeException.class)) {
            error = error.getCause();
        }
        return error;
    }

    private static String message(Throwable error) {
        return Optional.ofNullable(error.getMessage()).orElse("");
    }
}
