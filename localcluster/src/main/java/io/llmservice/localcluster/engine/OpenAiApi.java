package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.localcluster.engine.Scheduler.BusyException;
import io.llmservice.localcluster.engine.Scheduler.DrainingException;
import io.llmservice.planner.vllm.EngineVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Answers the requests that vLLM's server answers: OpenAI's API, its own small endpoints, and metrics. */
final class OpenAiApi implements HttpListener.Handler {
    private final EngineOptions options;
    private final EngineVersion version;
    private final Scheduler scheduler;
    private final EngineMetrics metrics = new EngineMetrics();
    private final TextModel model = TextModel.load();
    private final Generation generation;
    private final long created = Instant.now().getEpochSecond();

    OpenAiApi(EngineOptions options, EngineVersion version, Scheduler scheduler) {
        this.options = options;
        this.version = version;
        this.scheduler = scheduler;
        EngineOptions.Limits limits = options.limits();
        PrefixCache prefixes = new PrefixCache(limits.blockSize(), limits.cacheTokens() / limits.blockSize());
        this.generation = new Generation(options, model, metrics, prefixes);
    }

    @Override
    public void handle(HttpRequest request, HttpResponder responder) throws IOException, InterruptedException {
        String expected = switch (request.path()) {
            case "/health", "/metrics", "/version", "/load", "/v1/models" -> "GET";
            case "/ping" -> request.method().equals("POST") ? "POST" : "GET";
            case "/v1/chat/completions", "/v1/completions", "/tokenize" -> "POST";
            default -> "";
        };
        if (expected.isEmpty()) {
            responder.json(404, "{\"detail\":\"Not Found\"}");
        } else if (!expected.equals(request.method())) {
            responder.json(405, "{\"detail\":\"Method Not Allowed\"}");
        } else {
            try {
                answer(request, responder);
            } catch (ApiException refused) {
                responder.json(refused.status(), refused.body().toString());
            }
        }
    }

    private void answer(HttpRequest request, HttpResponder responder)
            throws IOException, InterruptedException, ApiException {
        switch (request.path()) {
            case "/health", "/ping" -> responder.send(200, "", "");
            case "/metrics" ->
                responder.send(
                        200, "text/plain; version=1.0.0; charset=utf-8", metrics.text(options, scheduler.load()));
            case "/version" ->
                responder.json(
                        200, Json.object().put("version", version.toString()).toString());
            case "/load" ->
                // Counts requests only with --enable-server-load-tracking, as vLLM does; without it there is a zero.
                responder.json(200, Json.object().put("server_load", 0).toString());
            case "/v1/models" -> responder.json(200, models().toString());
            case "/tokenize" ->
                responder.json(200, tokenized(Json.request(request)).toString());
            case "/v1/chat/completions" ->
                complete(GenerationRequest.chat(Json.request(request), options, model), responder);
            default -> complete(GenerationRequest.completion(Json.request(request), options, model), responder);
        }
    }

    private void complete(GenerationRequest request, HttpResponder responder)
            throws IOException, InterruptedException, ApiException {
        String fingerprint = "vllm-" + version + "-simulated";
        long now = Instant.now().getEpochSecond();
        Answers answers = new Answers(request, options.servedName(), fingerprint, randomId(), now);
        try (Scheduler.Sequence sequence = scheduler.admit()) {
            if (request.form().stream()) {
                generation.run(request, sequence, streaming(request, answers, responder));
                if (request.form().usage()) {
                    responder.event(answers.usageChunk().toString());
                }
                responder.event("[DONE]");
                responder.end();
            } else {
                List<Generation.Token> tokens = new ArrayList<>();
                generation.run(request, sequence, collecting(answers, tokens));
                responder.json(200, answers.whole(tokens.getLast()).toString());
            }
        } catch (BusyException full) {
            refuse(request, responder);
        } catch (DrainingException ending) {
            throw ApiException.shuttingDown();
        }
    }

    private void refuse(GenerationRequest request, HttpResponder responder) throws IOException, ApiException {
        ApiException busy = ApiException.busy();
        if (!request.form().stream() || !options.limits().refusesInStream()) {
            throw busy;
        }
        responder.event(busy.body().toString());
        responder.event("[DONE]");
        responder.end();
    }

    private static Generation.Sink streaming(GenerationRequest request, Answers answers, HttpResponder responder) {
        return new Generation.Sink() {
            @Override
            public void begin() throws IOException {
                if (request.chat()) {
                    responder.event(answers.roleChunk().toString());
                }
            }

            @Override
            public void token(Generation.Token token) throws IOException {
                responder.event(answers.tokenChunk(token).toString());
            }
        };
    }

    private static Generation.Sink collecting(Answers answers, List<Generation.Token> tokens) {
        return new Generation.Sink() {
            @Override
            public void begin() {
                // A whole answer begins when it is complete.
            }

            @Override
            public void token(Generation.Token token) {
                answers.add(token);
                tokens.add(token);
            }
        };
    }

    private ObjectNode models() {
        ObjectNode list = Json.object().put("object", "list");
        List<ObjectNode> entries = options.servedNames().stream()
                .map(name -> {
                    ObjectNode entry = Json.object()
                            .put("id", name)
                            .put("object", "model")
                            .put("created", created)
                            .put("owned_by", "vllm")
                            .put("root", options.model())
                            .putNull("parent")
                            .put("max_model_len", options.limits().context());
                    entry.putArray("permission").add(permission());
                    return entry;
                })
                .toList();
        list.putArray("data").addAll(entries);
        return list;
    }

    private ObjectNode permission() {
        return Json.object()
                .put("id", "modelperm-" + randomId())
                .put("object", "model_permission")
                .put("created", created)
                .put("allow_create_engine", false)
                .put("allow_sampling", true)
                .put("allow_logprobs", true)
                .put("allow_search_indices", false)
                .put("allow_view", true)
                .put("allow_fine_tuning", false)
                .put("organization", "*")
                .putNull("group")
                .put("is_blocking", false);
    }

    private ObjectNode tokenized(ObjectNode body) throws ApiException {
        GenerationRequest.requireModel(body, options);
        List<Integer> tokens = body.has("messages")
                ? ChatPrompt.encode(body, model)
                : model.encode(body.path("prompt").asText(""));
        ObjectNode answer = Json.object()
                .put("count", tokens.size())
                .put("max_model_len", options.limits().context());
        answer.set("tokens", Json.numbers(tokens));
        return answer.putNull("token_strs");
    }

    private static String randomId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
