package io.llmservice.operator.metricsapi;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;

/** A response before it is written: a code, and what becomes its JSON. */
record Reply(int code, Object body) {

    static Reply ok(Object body) {
        return new Reply(200, body);
    }

    static Reply badRequest(String message) {
        return failure(400, "BadRequest", message);
    }

    static Reply unauthorized(String message) {
        return failure(401, "Unauthorized", message);
    }

    static Reply forbidden(String message) {
        return failure(403, "Forbidden", message);
    }

    static Reply notFound(String message) {
        return failure(404, "NotFound", message);
    }

    static Reply methodNotAllowed() {
        return failure(405, "MethodNotAllowed", "the server only answers GET");
    }

    static Reply internalError(String message) {
        return failure(500, "InternalError", message);
    }

    static Reply unavailable(String message) {
        return failure(503, "ServiceUnavailable", message);
    }

    /** An error as every Kubernetes client understands it. */
    private static Reply failure(int code, String reason, String message) {
        Status status = new StatusBuilder()
                .withStatus("Failure")
                .withReason(reason)
                .withMessage(message)
                .withCode(code)
                .build();
        return new Reply(code, status);
    }
}
