package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a request for a chat or a plain completion asks for, checked as vLLM checks it. */
record GenerationRequest(boolean chat, List<Integer> prompt, Length length, List<String> stops, Form form) {
    private static final int DEFAULT_COMPLETION = 16;

    GenerationRequest {
        prompt = List.copyOf(prompt);
        stops = List.copyOf(stops);
    }

    /** How long the answer may and must be; an endless one goes on to {@code most}. */
    record Length(int most, int least, boolean endless) {}

    /** How the answer is given. */
    record Form(boolean stream, boolean usage, boolean continuousUsage, boolean tokenIds) {}

    static GenerationRequest chat(ObjectNode body, EngineOptions options, TextModel model) throws ApiException {
        JsonNode messages = body.path("messages");
        if (!messages.isArray()) {
            throw ApiException.invalid("missing", "body.messages", "Field required");
        }
        requireModel(body, options);
        if (messages.isEmpty()) {
            throw ApiException.badRequest(
                    "Cannot apply chat template to an empty conversation. Provide at least one message.", null);
        }
        List<Integer> prompt = ChatPrompt.encode(body, model);
        int most = limit(
                body, options, prompt, body.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens");
        return request(true, body, prompt, most);
    }

    static GenerationRequest completion(ObjectNode body, EngineOptions options, TextModel model) throws ApiException {
        requireModel(body, options);
        JsonNode prompt = body.path("prompt");
        List<Integer> tokens = new ArrayList<>();
        if (prompt.isTextual()) {
            tokens.addAll(model.encode(prompt.asText()));
        } else if (prompt.isArray() && !prompt.isEmpty() && prompt.get(0).isInt()) {
            prompt.forEach(token -> tokens.add(token.asInt()));
        } else if (prompt.isArray() && prompt.size() == 1 && prompt.get(0).isTextual()) {
            tokens.addAll(model.encode(prompt.get(0).asText()));
        } else {
            throw ApiException.invalid("missing", "body.prompt", "Field required");
        }
        int most = limit(body, options, tokens, "max_tokens");
        boolean unlimited = body.has("max_tokens"); // null, too, means as many as fit
        return request(false, body, tokens, unlimited ? most : Math.min(most, DEFAULT_COMPLETION));
    }

    private static GenerationRequest request(boolean chat, ObjectNode body, List<Integer> prompt, int most)
            throws ApiException {
        if (body.path("temperature").asDouble(1) < 0) {
            throw ApiException.badRequest(
                    "temperature must be non-negative, got "
                            + body.path("temperature").asDouble() + ". (parameter=temperature, value="
                            + body.path("temperature").asDouble() + ")",
                    "temperature");
        }
        if (body.path("n").asInt(1) != 1) {
            throw ApiException.badRequest("the simulator answers once: n must be 1", "n");
        }
        JsonNode streaming = body.path("stream_options");
        return new GenerationRequest(
                chat,
                prompt,
                new Length(
                        most,
                        body.path("min_tokens").asInt(0),
                        body.path("ignore_eos").asBoolean()),
                stops(body.path("stop")),
                new Form(
                        body.path("stream").asBoolean(),
                        streaming.path("include_usage").asBoolean(),
                        streaming.path("continuous_usage_stats").asBoolean(),
                        body.path("return_token_ids").asBoolean()));
    }

    static void requireModel(ObjectNode body, EngineOptions options) throws ApiException {
        JsonNode model = body.path("model");
        if (model.isTextual()
                && !model.asText().isEmpty()
                && !options.servedNames().contains(model.asText())) {
            throw ApiException.unknownModel(model.asText(), options);
        }
    }

    /** The most tokens that the answer may have. */
    private static int limit(ObjectNode body, EngineOptions options, List<Integer> prompt, String field)
            throws ApiException {
        int context = options.limits().context();
        JsonNode wanted = body.path(field);
        if (!wanted.isMissingNode() && !wanted.isNull() && !wanted.isInt()) {
            throw ApiException.invalid("int_parsing", "body." + field, "Input should be a valid integer");
        }
        int most = wanted.isInt() ? wanted.asInt() : context;
        if (most < 1) {
            throw ApiException.badRequest(
                    "max_tokens must be at least 1, got %d. (parameter=max_tokens, value=%d)".formatted(most, most),
                    "max_tokens");
        }
        if (most > context) {
            throw ApiException.badRequest(
                    ("max_tokens=%d cannot be greater than max_model_len=%d. Please request fewer output tokens."
                                    + " (parameter=max_tokens, value=%d)")
                            .formatted(most, context, most),
                    "max_tokens");
        }
        if (prompt.size() >= context) {
            // vLLM stops counting at one token more than fits.
            int counted = context + 1;
            throw ApiException.badRequest(
                    ("This model's maximum context length is %d tokens. However, your prompt contains at least %d input"
                                    + " tokens, which exceeds this limit even without any output tokens. Please reduce the"
                                    + " length of the input prompt. (parameter=input_tokens, value=%d)")
                            .formatted(context, counted, counted),
                    "input_tokens");
        }
        return Math.min(most, context - prompt.size());
    }

    private static List<String> stops(JsonNode stop) {
        List<String> stops = new ArrayList<>();
        if (stop.isTextual()) {
            stops.add(stop.asText());
        }
        stop.forEach(one -> stops.add(one.asText()));
        stops.removeIf(String::isEmpty);
        return stops;
    }
}
