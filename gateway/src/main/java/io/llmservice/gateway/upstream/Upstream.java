package io.llmservice.gateway.upstream;

import io.vertx.core.Future;

/** One pod or target that requests can be sent to. What is sent and what comes back is in OpenAI's form. */
public interface Upstream {

    /**
     * Sends a request. The future fails with an {@link UpstreamException} if no response head came; an HTTP error is a
     * response like any other.
     */
    Future<UpstreamResponse> send(UpstreamRequest request);

    /**
     * Sends a request that may be given up before its head has come. Whoever can end the work upstream at that moment
     * does so; by default it is ended when the head comes.
     */
    default Future<UpstreamResponse> send(UpstreamRequest request, Cancellation cancellation) {
        return send(request).onSuccess(response -> {
            if (cancellation.cancelled()) {
                response.cancel().run();
            }
        });
    }
}
