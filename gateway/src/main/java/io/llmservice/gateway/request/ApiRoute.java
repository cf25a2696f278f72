package io.llmservice.gateway.request;

import java.util.Arrays;
import java.util.Optional;

/** The routes of an OpenAI-compatible server that take a body with {@code model} in it. */
public enum ApiRoute {
    CHAT_COMPLETIONS("/v1/chat/completions"),
    COMPLETIONS("/v1/completions"),
    RESPONSES("/v1/responses"),
    EMBEDDINGS("/v1/embeddings"),
    MESSAGES("/v1/messages"),
    COUNT_TOKENS("/v1/messages/count_tokens"),
    SCORE("/v1/score"),
    RERANK("/v1/rerank"),
    TOKENIZE("/tokenize"),
    DETOKENIZE("/detokenize");

    private final String path;

    ApiRoute(String path) {
        this.path = path;
    }

    /** Path on a model server, beginning with a slash. */
    public String path() {
        return path;
    }

    public static Optional<ApiRoute> of(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
    }
}
