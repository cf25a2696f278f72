package io.llmservice.standins.dataplane;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a request is signed: its form is checked, not the signature itself, as there is no secret to check it with. */
final class Signature {

    private static final Pattern SIGV4 = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/[a-z0-9-]+/([a-z-]+)/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=[0-9a-f]{64}");
    private static final String BEARER = "Bearer ";
    private static final Pattern PRESIGNED = Pattern.compile(
            "([a-z.-]+)/\\?.*X-Amz-Credential=[^&]+%2F([a-z-]+)%2Faws4_request.*X-Amz-Signature=[0-9a-f]{64}.*");

    private Signature() {}

    /** What is wrong with a request for this signing service; empty if it is well signed. */
    static Optional<String> problem(HttpMessage request, String service) {
        var authorization = request.header("authorization");
        if (authorization.isEmpty()) {
            return Optional.of("Missing Authentication Token");
        }
        return authorization.get().startsWith(BEARER)
                ? bearerProblem(authorization.get().substring(BEARER.length()), service)
                : signatureProblem(request, authorization.get(), service);
    }

    private static Optional<String> signatureProblem(HttpMessage request, String authorization, String service) {
        var match = SIGV4.matcher(authorization);
        if (!match.matches()) {
            return Optional.of("The Authorization header has not the form of Signature Version 4.");
        }
        if (!match.group(1).equals(service)) {
            return Optional.of("Credential should be scoped to correct service: '" + service + "'.");
        }
        var signed = List.of(match.group(2).split(";"));
        if (!signed.contains("host")
                || !signed.contains("x-amz-date")
                || request.header("x-amz-date").isEmpty()) {
            return Optional.of("'host' and 'x-amz-date' must be signed headers.");
        }
        return Optional.empty();
    }

    private static Optional<String> bearerProblem(String token, String service) {
        String prefix = service + "-api-key-";
        if (!token.startsWith(prefix)) {
            return Optional.of("The bearer token does not begin with " + prefix + ".");
        }
        String presigned =
                new String(Base64.getDecoder().decode(token.substring(prefix.length())), StandardCharsets.UTF_8);
        var match = PRESIGNED.matcher(presigned);
        boolean sound = match.matches()
                && match.group(1).equals(service + ".amazonaws.com")
                && match.group(2).equals(service)
                && presigned.contains("Action=CallWithBearerToken")
                && presigned.endsWith("&Version=1");
        return sound ? Optional.empty() : Optional.of("The bearer token holds no presigned request.");
    }
}
