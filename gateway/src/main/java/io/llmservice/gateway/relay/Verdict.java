package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt.Outcome;

/** What an upstream's status means, before anything of its answer went to the client. */
sealed interface Verdict {

    /** The client gets the answer. */
    record Pass() implements Verdict {}

    /** Somebody else is asked. */
    record Elsewhere(Outcome outcome) implements Verdict {}

    /** The body must be looked at: a pod that shuts down answers 500, as one with a defect does. */
    record Look() implements Verdict {}

    /**
     * Of a pod's answer.
     *
     * @param going whether the pod is being deleted or is gone already
     */
    static Verdict ofPod(int status, boolean going) {
        if (going && status >= 500) {
            return new Elsewhere(Outcome.GOING);
        }
        return switch (status) {
            case 429, 503 -> new Elsewhere(Outcome.BUSY);
            case 500 -> new Look();
            case 502, 504 -> new Elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE);
            default -> redirects(status) ? new Elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE) : new Pass();
        };
    }

    /** Of a target's answer. That it refuses the gateway's key, or has no such model or route, is no fault of the client. */
    static Verdict ofTarget(int status) {
        return switch (status) {
            case 429 -> new Elsewhere(Outcome.BUSY);
            case 401, 403, 404, 405, 408 -> new Elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE);
            default ->
                status >= 500 || redirects(status) ? new Elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE) : new Pass();
        };
    }

    /** Of an error in the first event of a stream. */
    static Verdict ofFirstEvent(int status, boolean going) {
        if (going && status >= 500) {
            return new Elsewhere(Outcome.GOING);
        }
        if (status == 429 || status == 503) {
            return new Elsewhere(Outcome.BUSY);
        }
        return status >= 400 && status < 500 ? new Pass() : new Elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE);
    }

    private static boolean redirects(int status) {
        return status < 200 || (status >= 300 && status < 400);
    }
}
