package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The JSON of one answer, whole or in chunks, with every field in the place and order that vLLM 0.32 gives it. */
final class Answers {
    private final GenerationRequest request;
    private final String model;
    private final String fingerprint;
    private final String id;
    private final long created;
    private final List<Integer> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param id unique among the engine's answers
     * @param created in seconds since 1970
     */
    Answers(GenerationRequest request, String model, String fingerprint, String id, long created) {
        this.request = request;
        this.model = model;
        this.fingerprint = fingerprint;
        this.id = (request.chat() ? "chatcmpl-" : "cmpl-") + id;
        this.created = created;
    }

    /** The first chunk of a chat, which holds the role. */
    ObjectNode roleChunk() {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs").putNull("finish_reason");
        if (request.form().continuousUsage() && request.form().usage()) {
            chunk.set("usage", usage(true));
        }
        putPrompt(chunk);
        return chunk.putNull("prompt_text");
    }

    /** The chunk of one token. */
    ObjectNode tokenChunk(Generation.Token token) {
        tokens.add(token.id());
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        if (request.chat()) {
            choice.putObject("delta").put("content", token.text());
        } else {
            choice.put("text", token.text());
        }
        choice.putNull("logprobs").put("finish_reason", token.finish());
        if (token.finish() != null || !request.chat()) {
            choice.put("stop_reason", token.stop());
        }
        if (!request.chat()) {
            if (tokens.size() == 1) {
                putPrompt(choice);
            } else {
                choice.putNull("prompt_token_ids");
            }
        }
        putTokens(choice, List.of(token.id()));
        if (request.form().continuousUsage() && request.form().usage()) {
            chunk.set("usage", usage(true));
        }
        if (token.finish() != null && !request.form().usage()) {
            chunk.put("system_fingerprint", fingerprint);
        }
        return chunk;
    }

    /** The last chunk, if the request wants its usage. */
    ObjectNode usageChunk() {
        ObjectNode chunk = chunk();
        chunk.putArray("choices");
        chunk.set("usage", usage(false));
        return chunk.put("system_fingerprint", fingerprint);
    }

    /** Takes a token for the whole answer. */
    void add(Generation.Token token) {
        tokens.add(token.id());
        text.append(token.text());
    }

    /** The whole answer, which ended with {@code last}. */
    ObjectNode whole(Generation.Token last) {
        ObjectNode answer = Json.object().put("id", id);
        answer.put("object", request.chat() ? "chat.completion" : "text_completion")
                .put("created", created)
                .put("model", model);
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        if (request.chat()) {
            choice.putObject("message")
                    .put("role", "assistant")
                    .put("content", text.toString())
                    .putNull("refusal")
                    .putNull("annotations")
                    .putNull("audio")
                    .putNull("function_call")
                    .putNull("reasoning");
        } else {
            choice.put("text", text.toString());
        }
        choice.putNull("logprobs").put("finish_reason", last.finish()).put("stop_reason", last.stop());
        putTokens(choice, tokens);
        if (!request.chat()) {
            choice.putNull("prompt_logprobs");
            putPrompt(choice);
        }
        choice.putNull("routed_experts");
        answer.putNull("service_tier").put("system_fingerprint", fingerprint);
        answer.set("usage", usage(false).putNull("prompt_tokens_details").putNull("completion_tokens_details"));
        if (request.chat()) {
            answer.putNull("prompt_logprobs");
            putPrompt(answer);
            answer.putNull("prompt_text");
        }
        return answer.putNull("kv_transfer_params")
                .putNull("ec_transfer_params")
                .putNull("metrics");
    }

    private ObjectNode chunk() {
        return Json.object()
                .put("id", id)
                .put("object", request.chat() ? "chat.completion.chunk" : "text_completion")
                .put("created", created)
                .put("model", model);
    }

    private ObjectNode usage(boolean details) {
        ObjectNode usage = Json.object()
                .put("prompt_tokens", request.prompt().size())
                .put("total_tokens", request.prompt().size() + tokens.size())
                .put("completion_tokens", tokens.size());
        return details ? usage.putNull("completion_tokens_details") : usage;
    }

    private void putPrompt(ObjectNode into) {
        if (request.form().tokenIds()) {
            into.set("prompt_token_ids", Json.numbers(request.prompt()));
        } else {
            into.putNull("prompt_token_ids");
        }
    }

    private void putTokens(ObjectNode into, List<Integer> ids) {
        if (request.form().tokenIds()) {
            into.set("token_ids", Json.numbers(ids));
        } else {
            into.putNull("token_ids");
        }
    }
}
