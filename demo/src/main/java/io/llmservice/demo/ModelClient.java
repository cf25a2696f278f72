package io.llmservice.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An OpenAI client: streams chat completions from whatever answers at an address. */
final class ModelClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A piece of an answer, with what the gateway says of where it comes from. */
    record Piece(String text, Optional<String> upstream, Optional<String> fallbackReason) {}

    /**
     * Streams one answer.
     *
     * @param base where the model server or the gateway is, without {@code /v1}
     * @param token is told each piece of text as it comes
     * @return whether the answer came to its end
     * @throws DemoFailure if no stream began
     */
    boolean chat(URI base, String model, String prompt, int maxTokens, Consumer<Piece> token) {
        var response = open(base, body(model, prompt, maxTokens));
        var headers = response.headers();
        var upstream = headers.firstValue("x-llmservice-upstream");
        var reason = headers.firstValue("x-llmservice-fallback-reason");
        try (var lines = response.body()) {
            return lines.filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                    .map(line -> chunk(line.substring("data: ".length())))
                    .peek(chunk -> text(chunk).ifPresent(text -> token.accept(new Piece(text, upstream, reason))))
                    .noneMatch(chunk -> chunk.has("error"));
        } catch (UncheckedIOException cut) {
            return false;
        }
    }

    private HttpResponse<Stream<String>> open(URI base, String body) {
        var request = HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() == 200) {
                return response;
            }
            try (var lines = response.body()) {
                throw new DemoFailure("status " + response.statusCode() + ": "
                        + lines.findFirst().orElse(""));
            }
        } catch (IOException e) {
            throw new DemoFailure("no answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    private static String body(String model, String prompt, int maxTokens) {
        return JSON.valueToTree(Map.of(
                        "model",
                        model,
                        "stream",
                        true,
                        "max_tokens",
                        maxTokens,
                        "messages",
                        List.of(Map.of("role", "user", "content", prompt))))
                .toString();
    }

    private static JsonNode chunk(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new DemoFailure("not a chunk of a stream: " + e.getOriginalMessage());
        }
    }

    private static Optional<String> text(JsonNode chunk) {
        return Optional.of(chunk.at("/choices/0/delta/content").asText("")).filter(text -> !text.isEmpty());
    }
}
