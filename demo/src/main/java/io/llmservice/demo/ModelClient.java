package io.llmservice.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An OpenAI client of one pod: streams chat completions. */
final class ModelClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = 8000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Streams one answer.
     *
     * @param token is told each piece of text as it comes
     * @throws DemoFailure if the pod does not answer with a stream
     */
    void chat(Pod pod, String model, String prompt, int maxTokens, Consumer<String> token) {
        var body = Map.of(
                "model",
                model,
                "stream",
                true,
                "max_tokens",
                maxTokens,
                "messages",
                List.of(Map.of("role", "user", "content", prompt)));
        try {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + pod.getStatus().getPodIP() + ":" + PORT + "/v1/chat/completions"))
                    .timeout(Duration.ofMinutes(1))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new DemoFailure("the pod answered with status " + response.statusCode());
            }
            response.body()
                    .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
                    .map(line -> text(line.substring("data: ".length())))
                    .filter(text -> !text.isEmpty())
                    .forEach(token);
        } catch (IOException e) {
            throw new DemoFailure("the pod did not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted");
        }
    }

    private static String text(String chunk) {
        try {
            return JSON.readTree(chunk)
                    .path("choices")
                    .path(0)
                    .path("delta")
                    .path("content")
                    .asText("");
        } catch (JsonProcessingException e) {
            throw new DemoFailure("not a chunk of a stream: " + e.getOriginalMessage());
        }
    }
}
