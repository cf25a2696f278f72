package io.llmservice.standins.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The OpenAI-compatible chat completions that both services offer beside their own API. */
public final class OpenAiRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenAiRoute() {}

    /** Answers as {@code behaviour} says; faults are answered by the caller. */
    public static void answer(Exchange exchange, Behaviour behaviour) throws IOException {
        JsonNode request = JSON.readTree(exchange.request().body());
        var answer = ChatAnswer.to(request, behaviour.answers());
        behaviour.pause(exchange, true);
        if (!request.path("stream").asBoolean()) {
            exchange.respond(200, DataPlane.json(), JSON.writeValueAsBytes(answer.document()));
            return;
        }
        exchange.stream(Map.of("content-type", "text/event-stream"));
        for (var chunk : answer.chunks()) {
            exchange.chunk(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
            behaviour.pause(exchange, false);
        }
        exchange.chunk("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.end();
    }
}
