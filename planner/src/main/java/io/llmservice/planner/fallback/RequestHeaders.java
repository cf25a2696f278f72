package io.llmservice.planner.fallback;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which request headers a target may add: none that carries identity or that frames the message. */
public final class RequestHeaders {

    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "expect",
            // Of one connection and not of the message
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            // Where the request came from
            "forwarded",
            "via");

    private RequestHeaders() {}

    /** Why a header is refused, with the way out; empty if it may be sent. */
    public static Optional<String> refusal(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(RequestHeaders::isTokenCharacter)) {
            return Optional.of(
                    "header name " + printable(name) + " holds what no header name may; use letters, digits and -");
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith("x-forwarded-") || lower.startsWith("proxy-")) {
            return Optional.of("header " + name + " is set by the gateway; leave it out"
                    + (lower.equals("authorization") ? " and name the key's Secret in apiKeySecretRef" : ""));
        }
        return value.chars().allMatch(character -> character == '\t' || (character >= ' ' && character < 0x7f))
                ? Optional.empty()
                : Optional.of(
                        "the value of header " + name + " holds line ends or characters beyond ASCII; remove them");
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isTokenCharacter(int character) {
        return (character < 0x80 && Character.isLetterOrDigit(character)) || "!#$%&'*+-.^_`|~".indexOf(character) >= 0;
    }

    private static String printable(String name) {
        return '"' + name.replaceAll("[^\\x20-\\x7e]", "?") + '"';
    }
}
