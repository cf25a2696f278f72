package io.llmservice.gateway.http;

import io.llmservice.gateway.relay.Answers;
import io.llmservice.gateway.relay.Asked;
import io.llmservice.gateway.relay.ModelDirectory;
import io.llmservice.gateway.relay.Relay;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one request's head, refuses what is no request of this API, and leads the rest to where it is answered. */
final class GatewayHandler {

    private static final String PATHS = Arrays.stream(ApiRoute.values())
            .map(ApiRoute::path)
            .collect(Collectors.joining(", ", "", ", /v1/models, each also under /{namespace}/{service}"));

    private final Vertx vertx;
    private final Relay relay;
    private final ModelDirectory directory;
    private final ServerLimits limits;
    private final BodyRoom room;

    GatewayHandler(Vertx vertx, Relay relay, ModelDirectory directory, ServerLimits limits, BodyRoom room) {
        this.vertx = vertx;
        this.relay = relay;
        this.directory = directory;
        this.limits = limits;
        this.room = room;
    }

    void handle(HttpServerRequest request) {
        String path = request.path();
        switch (path == null ? new RequestPath.Unknown() : RequestPath.of(path)) {
            case RequestPath.Model model -> {
                if (allows(request, HttpMethod.POST)) {
                    ask(request, model);
                }
            }
            case RequestPath.Models models -> {
                if (allows(request, HttpMethod.GET)) {
                    list(request, models);
                }
            }
            case RequestPath.Health health ->
                Answers.send(request.response(), 200, "text/plain", "ok\n".getBytes(StandardCharsets.UTF_8));
            case RequestPath.Unknown unknown ->
                Answers.refuse(
                        request.response(),
                        Refusal.of(
                                404,
                                "invalid_request_error",
                                "not_found",
                                "There is no such path. There are: " + PATHS + "."));
        }
    }

    private void ask(HttpServerRequest request, RequestPath.Model path) {
        Optional<String> expected = Optional.ofNullable(request.getHeader("expect"));
        if (expected.isPresent()) {
            request.response().writeContinue();
        }
        int most = path.service()
                .flatMap(service -> directory.find(Optional.of(service), Optional.empty()))
                .map(route -> Math.min(limits.maxBodyBytes(), route.gateway().maxBodyBytes()))
                .orElse(limits.maxBodyBytes());
        var asked = new Asked(path.api(), path.service(), bearer(request));
        new BodyReader(vertx, request, most, room)
                .read(limits.bodyTimeout().toMillis(), body -> relay.answer(request, asked, body));
    }

    private void list(HttpServerRequest request, RequestPath.Models path) {
        Optional<String> bearer = bearer(request);
        List<ServiceRoute> visible = path.service().isPresent()
                ? directory.addressed(path.service().get(), bearer)
                : directory.visible(bearer);
        if (path.model().isEmpty()) {
            Answers.send(request.response(), 200, "application/json", ModelsPage.list(visible));
            return;
        }
        String id = URLDecoder.decode(path.model().get().replace("+", "%2B"), StandardCharsets.UTF_8);
        Optional<ServiceRoute> found =
                visible.stream().filter(route -> route.model().equals(id)).findFirst();
        if (found.isPresent()) {
            Answers.send(request.response(), 200, "application/json", ModelsPage.one(found.get()));
        } else {
            Answers.refuse(request.response(), directory.unknown(Optional.empty(), Optional.of(id), bearer));
        }
    }

    private static boolean allows(HttpServerRequest request, HttpMethod method) {
        if (request.method().equals(method)) {
            return true;
        }
        request.response().putHeader("allow", method.name());
        Answers.refuse(
                request.response(),
                Refusal.of(
                        405,
                        "invalid_request_error",
                        "method_not_allowed",
                        "This path takes " + method.name() + " only."));
        return false;
    }

    /** Forms that some server along the way could read otherwise than this one. */
    static Optional<Refusal> malformed(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String encoding = headers.get("transfer-encoding");
        boolean strange = encoding != null
                && (headers.getAll("transfer-encoding").size() > 1
                        || !encoding.strip().toLowerCase(Locale.ROOT).equals("chunked")
                        || request.version() != HttpVersion.HTTP_1_1
                        || headers.contains("content-length"));
        if (strange) {
            return Optional.of(bad("A body must be framed either by Content-Length or by Transfer-Encoding: chunked."));
        }
        return headers.getAll("host").size() > 1
                        || headers.getAll("content-length").size() > 1
                ? Optional.of(bad("There must be one Host and at most one Content-Length header."))
                : Optional.empty();
    }

    static Refusal bad(String message) {
        return Refusal.of(400, "invalid_request_error", "bad_request", message);
    }

    /** The key as OpenAI's SDKs send it, or as Anthropic's do. */
    private static Optional<String> bearer(HttpServerRequest request) {
        String authorization = request.getHeader("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(authorization.substring(7).strip());
        }
        return Optional.ofNullable(request.getHeader("x-api-key"));
    }
}
