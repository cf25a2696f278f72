package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An answer that is an error, in the shape that vLLM gives it. */
final class ApiException extends Exception {
    private final int status;
    private final String type;
    private final @Nullable String parameter;

    private ApiException(int status, String type, String message, @Nullable String parameter) {
        super(message);
        this.status = status;
        this.type = type;
        this.parameter = parameter;
    }

    int status() {
        return status;
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    ObjectNode body() {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("param", parameter)
                .put("code", status);
        return body;
    }

    static ApiException badRequest(String message, @Nullable String parameter) {
        return new ApiException(400, "BadRequestError", message, parameter);
    }

    /** A body that is not what the API's schema asks for. */
    static ApiException invalid(String kind, String location, String message) {
        String detail =
                "1 validation error:\n  {'type': '%s', 'loc': '%s', 'msg': '%s'}".formatted(kind, location, message);
        return new ApiException(400, "Bad Request", detail, location);
    }

    static ApiException unsupportedMediaType() {
        String detail = "1 validation error:\n  Unsupported Media Type: Only 'application/json' is allowed";
        return new ApiException(400, "Bad Request", detail, null);
    }

    static ApiException unknownModel(String model, EngineOptions options) {
        String message = "The model `%s` does not exist. Valid aliases: %s."
                .formatted(model, String.join(", ", options.servedNames()));
        return new ApiException(404, "NotFoundError", message, "model");
    }

    static ApiException busy() {
        return new ApiException(
                503,
                "Service Unavailable",
                "The engine is currently busy and cannot accept new requests. Please try again later or on a different"
                        + " instance.",
                null);
    }

    /** What requests meet that come after SIGTERM. */
    static ApiException shuttingDown() {
        return new ApiException(500, "InternalServerError", "cannot schedule new futures after shutdown", null);
    }
}
