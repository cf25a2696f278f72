package io.llmservice.gateway.relay;

import io.llmservice.gateway.request.OpenAiErrors;
import io.llmservice.gateway.request.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Answers a client with a document of the gateway's own. */
public final class Answers {

    private Answers() {}

    /** Sends an error, as the future says; does nothing if an answer has begun or the client is gone. */
    public static Future<Void> refuse(HttpServerResponse response, Refusal refusal) {
        if (response.headWritten() || response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(refusal.status());
        OpenAiErrors.headers(refusal).forEach(response::putHeader);
        return response.end(Buffer.buffer(OpenAiErrors.body(refusal)));
    }

    /** Sends a document. */
    public static void send(HttpServerResponse response, int status, String type, byte[] document) {
        response.setStatusCode(status).putHeader("content-type", type).end(Buffer.buffer(document));
    }
}
