package io.llmservice.gateway.request;

import java.util.Optional;

/**
 * Why a client gets no answer, as an error in OpenAI's shape.
 *
 * @param status HTTP status
 * @param type OpenAI's word for the kind, such as {@code invalid_request_error}
 * @param code one word for programs, such as {@code model_not_found}
 * @param message what is the case and what to do next; never holds anything of a prompt
 * @param param the field of the request that is at fault
 * @param retryAfterSeconds when to ask again; absent means that asking again does not help, and SDKs are told so
 */
public record Refusal(
        int status,
        String type,
        String code,
        String message,
        Optional<String> param,
        Optional<Integer> retryAfterSeconds) {

    /** An error that asking again does not mend. */
    public static Refusal of(int status, String type, String code, String message) {
        return new Refusal(status, type, code, message, Optional.empty(), Optional.empty());
    }

    /** An error that passes. */
    public static Refusal passing(int status, String type, String code, String message, int retryAfterSeconds) {
        return new Refusal(status, type, code, message, Optional.empty(), Optional.of(retryAfterSeconds));
    }
}
