package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an upstream as the relay would, from an event loop, and reads what comes. */
final class Asked {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 30;

    private Asked() {}

    static UpstreamRequest request(String body) {
        return request(body, Duration.ofSeconds(20));
    }

    static UpstreamRequest request(String body, Duration firstByteTimeout) {
        var tree = json(body);
        var scan = new RequestScan(
                Optional.of(tree.path("model").asText()),
                tree.path("stream").asBoolean(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                PrefixBlocks.NONE,
                0);
        return new UpstreamRequest(
                ApiRoute.CHAT_COMPLETIONS,
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(body),
                scan,
                firstByteTimeout);
    }

    /** The head of the response; fails with what the upstream's future failed with. */
    static UpstreamResponse head(Vertx vertx, Upstream upstream, UpstreamRequest request) {
        var head = new CompletableFuture<UpstreamResponse>();
        vertx.getOrCreateContext()
                .runOnContext(ignored -> upstream.send(request).onComplete(result -> {
                    if (result.succeeded()) {
                        head.complete(result.result());
                    } else {
                        head.completeExceptionally(result.cause());
                    }
                }));
        return await(head);
    }

    /** All of the body. */
    static String text(UpstreamResponse response) {
        var text = new CompletableFuture<String>();
        var all = Buffer.buffer();
        response.body().handler(all::appendBuffer);
        response.body().endHandler(ignored -> text.complete(all.toString()));
        response.body().exceptionHandler(text::completeExceptionally);
        response.body().resume();
        return await(text);
    }

    /** The events of a stream; the terminator is left out, and must be there. */
    static List<JsonNode> events(UpstreamResponse response) {
        var lines = new ArrayList<>(Arrays.asList(text(response).split("\n\n")));
        if (!"data: [DONE]".equals(lines.removeLast())) {
            throw new AssertionError("the stream has no terminator");
        }
        return lines.stream()
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    /** The text that the deltas of a stream make. */
    static String content(List<JsonNode> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event.at("/choices/0/delta/content").asText()));
        return text.toString();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UpstreamException upstream) {
                throw upstream;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
