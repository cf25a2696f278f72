package io.llmservice.gateway.aws;

import java.net.URI;
import java.util.Map;

/** What lets a request to an OpenAI-compatible route of AWS in. */
@FunctionalInterface
interface Authorization {

    /** Headers that a POST of this body to this address needs. May read credentials over the network. */
    Map<String, String> headers(URI url, byte[] body);

    /** A key that is presented as it is. */
    static Authorization bearer(String token) {
        return (url, body) -> Map.of("Authorization", "Bearer " + token);
    }
}
