package io.llmservice.operator.sagemaker;

import io.llmservice.planner.decision.Reason;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why AWS did not do what it was asked to, in words that say what to do.
 *
 * @param reason one word, for programs
 * @param words names what is missing and the way out
 */
record AwsRefusal(Reason reason, String words) {

    private static final Pattern ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");
    private static final Pattern RESOURCE = Pattern.compile("on resource: (arn:\\S+)");

    /** Account ids and roles are no secrets, and a person needs them; anything longer is cut. */
    private static final int MAX_WORDS = 400;

    private static final Set<String> DENIED =
            Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "NotAuthorized");
    private static final Set<String> THROTTLED =
            Set.of("ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown");
    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken");

    static AwsRefusal of(SdkException failure) {
        if (!(failure instanceof AwsServiceException service) || service.awsErrorDetails() == null) {
            return new AwsRefusal(
                    Reason.AwsUnavailable,
                    "AWS did not answer: %s; check the operator's credentials, its region and the way to SageMaker's API"
                            .formatted(cut(String.valueOf(failure.getMessage()))));
        }
        var code = service.awsErrorDetails().errorCode();
        var message = String.valueOf(service.awsErrorDetails().errorMessage());
        var action = ACTION.matcher(message);
        if (action.find()) {
            return denied(action.group(1), message);
        }
        if (DENIED.contains(code)) {
            return new AwsRefusal(
                    Reason.AwsAccessDenied, "AWS denies access: " + cut(message) + "; docs/iam.md has the policy");
        }
        if (CREDENTIALS.contains(code)) {
            return new AwsRefusal(
                    Reason.AwsAccessDenied,
                    "AWS does not accept the operator's credentials (%s); check the role of its ServiceAccount"
                            .formatted(code));
        }
        if (THROTTLED.contains(code)) {
            return new AwsRefusal(Reason.AwsThrottled, "AWS asks for fewer requests; the operator tries again later");
        }
        if (code.equals("ResourceLimitExceeded")) {
            return new AwsRefusal(
                    Reason.AwsQuotaExceeded,
                    cut(message) + "; ask for more in Service Quotas, or choose another instanceType");
        }
        return service.statusCode() >= 500
                ? new AwsRefusal(
                        Reason.AwsUnavailable, "AWS is in trouble (" + code + "); the operator tries again later")
                : new AwsRefusal(Reason.AwsRefused, "AWS refused: " + cut(message));
    }

    /** Whether it says that what was asked for is not there, which is an answer and no refusal. */
    static boolean isAbsence(AwsServiceException failure) {
        var details = failure.awsErrorDetails();
        return details != null
                && (details.errorCode().equals("ResourceNotFound")
                        || (details.errorCode().equals("ValidationException")
                                && String.valueOf(details.errorMessage()).startsWith("Could not find")));
    }

    private static AwsRefusal denied(String action, String message) {
        var resource = RESOURCE.matcher(message);
        return new AwsRefusal(
                Reason.AwsAccessDenied,
                "the operator's role lacks %s%s; add it to the role's policy (docs/iam.md)"
                        .formatted(action, resource.find() ? " on " + cut(resource.group(1)) : ""));
    }

    private static String cut(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS) + "…";
    }
}
