package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OpenAI-compatible route of Bedrock or SageMaker: the body goes on with the target's model, the answer comes as it is. */
final class OpenAiRouteUpstream implements Upstream {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HOP_BY_HOP =
            List.of("connection", "keep-alive", "transfer-encoding", "content-length", "trailer", "upgrade");

    /** What a client says of its own request, which is not true of this one. */
    private static final Set<String> OWN = Set.of("host", "content-length", "content-type", "authorization");

    private final Vertx vertx;
    private final HttpClient http;
    private final URI base;
    private final String model;
    private final Authorization authorization;
    private final Failures failures;

    /**
     * Makes one.
     *
     * @param base ends with {@code /v1}
     * @param model what the route is to get as {@code model}
     */
    OpenAiRouteUpstream(
            Vertx vertx, HttpClient http, URI base, String model, Authorization authorization, Failures failures) {
        this.vertx = vertx;
        this.http = http;
        this.base = base;
        this.model = model;
        this.authorization = authorization;
        this.failures = failures;
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
        byte[] body;
        try {
            ObjectNode tree = (ObjectNode) JSON.readTree(request.body().getBytes());
            body = JSON.writeValueAsBytes(tree.put("model", model));
        } catch (IOException | ClassCastException e) {
            return Future.failedFuture(failures.refused("the body is not a JSON object."));
        }
        var url = URI.create(base + request.route().path().substring("/v1".length()));
        var promise = Promise.<UpstreamResponse>promise();
        var call = new Call(promise);
        long timer = vertx.setTimer(Math.max(1, request.firstByteTimeout().toMillis()), id -> {
            promise.tryFail(failures.timedOut());
            call.reset();
        });
        promise.future().onComplete(ignored -> vertx.cancelTimer(timer));
        vertx.executeBlocking(() -> authorization.headers(url, body), false)
                .compose(headers -> open(request, url, headers))
                .onSuccess(opened -> call.send(opened, Buffer.buffer(body)))
                .onFailure(call::fail);
        return promise.future();
    }

    private Future<HttpClientRequest> open(UpstreamRequest request, URI url, Map<String, String> headers) {
        var options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString());
        request.headers().forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                options.addHeader(name, value);
            }
        });
        options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        headers.forEach((name, value) -> options.getHeaders().set(name, value));
        return http.request(options);
    }

    /** One request under way. */
    private final class Call {

        private final Promise<UpstreamResponse> promise;
        private @Nullable HttpClientRequest request;

        Call(Promise<UpstreamResponse> promise) {
            this.promise = promise;
        }

        void send(HttpClientRequest opened, Buffer body) {
            request = opened;
            if (promise.future().isComplete()) {
                reset();
                return;
            }
            opened.send(body).onSuccess(this::answered).onFailure(this::fail);
        }

        void answered(HttpClientResponse response) {
            if (response.statusCode() < 400) {
                response.pause();
                succeed(response, headers(response));
            } else {
                response.body().onSuccess(body -> error(response, body)).onFailure(this::fail);
            }
        }

        void succeed(HttpClientResponse response, MultiMap headers) {
            promise.tryComplete(new UpstreamResponse(response.statusCode(), headers, response, this::reset));
        }

        void error(HttpClientResponse response, Buffer body) {
            var exception = failures.ofStatus(response.statusCode(), body.toString());
            if (exception.isPresent()) {
                promise.tryFail(exception.get());
                return;
            }
            int status = status(response.statusCode());
            var headers = headers(response).set(HttpHeaders.CONTENT_TYPE, "application/json");
            promise.tryComplete(new UpstreamResponse(
                    status,
                    headers,
                    new BufferBody(
                            vertx.getOrCreateContext(),
                            Buffer.buffer(openAi(status, body).toString())),
                    () -> {}));
        }

        void fail(Throwable error) {
            promise.tryFail(
                    failures.of(error) instanceof AwsFailure.NoAnswer none
                            ? none.exception()
                            : failures.refused("AWS gave no credentials."));
        }

        void reset() {
            if (request != null) {
                request.reset();
            }
        }
    }

    /** SageMaker's word for an error of the container, and Bedrock's for a slow model, in words of HTTP. */
    private static int status(int status) {
        return switch (status) {
            case 424, 530 -> 502;
            case 408 -> 504;
            default -> status;
        };
    }

    private JsonNode openAi(int status, Buffer body) {
        try {
            var tree = JSON.readTree(body.getBytes());
            if (tree.has("error")) {
                return tree;
            }
        } catch (IOException e) {
            // Not JSON, so that it has nothing for a client.
        }
        return failures.plain(status).document();
    }

    private static MultiMap headers(HttpClientResponse response) {
        var headers = HttpHeaders.headers().addAll(response.headers());
        HOP_BY_HOP.forEach(headers::remove);
        return headers;
    }
}
