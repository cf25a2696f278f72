package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a chat completion, and what each translating dialect does with them. */
final class FieldTable {

    /** Every field that the table knows, in the order of the documentation. */
    static final List<String> FIELDS = List.of(
            "messages",
            "model",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "stop",
            "tools",
            "tool_choice",
            "seed",
            "user",
            "metadata",
            "store",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "prediction",
            "n",
            "logprobs",
            "top_logprobs",
            "logit_bias",
            "frequency_penalty",
            "presence_penalty",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "verbosity",
            "modalities",
            "audio",
            "web_search_options",
            "functions",
            "function_call");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Values by which SDKs spell out a default. */
    private static final Map<String, List<JsonNode>> NEUTRAL = Map.of(
            "n", List.of(NODES.numberNode(1)),
            "logprobs", List.of(NODES.booleanNode(false)),
            "top_logprobs", List.of(NODES.numberNode(0)),
            "logit_bias", List.of(NODES.objectNode()),
            "frequency_penalty", List.of(NODES.numberNode(0)),
            "presence_penalty", List.of(NODES.numberNode(0)),
            "parallel_tool_calls", List.of(NODES.booleanNode(true)),
            "response_format", List.of(NODES.objectNode().put("type", "text")),
            "verbosity", List.of(NODES.textNode("medium")),
            "modalities", List.of(NODES.arrayNode().add("text")));

    private static final FieldTable CONVERSE = new FieldTable()
            .carried("model", "stream", "stream_options", "max_tokens", "max_completion_tokens", "stop")
            .carriedUpTo("messages", "images as data: URLs only, no audio, no files")
            .carriedUpTo("temperature", "up to 1")
            .carriedUpTo("top_p", "up to 1")
            .carriedUpTo("tools", "functions without strict")
            .carriedUpTo("tool_choice", "none only while no tool was called")
            .dropped("seed", "user");

    private static final FieldTable LMI = new FieldTable()
            .carried("messages", "model", "stream", "stream_options", "max_tokens", "temperature", "top_p", "stop")
            .carried("seed", "user", "n", "logprobs", "top_logprobs", "logit_bias")
            .carried("frequency_penalty", "presence_penalty")
            .carriedUpTo("max_completion_tokens", "as max_tokens")
            .carriedUpTo("tools", "if the container has a tool parser")
            .carriedUpTo("tool_choice", "if the container has a tool parser");

    private static final FieldTable TGI = new FieldTable()
            .carried("messages", "model", "stream", "stream_options", "max_tokens", "temperature", "top_p", "stop")
            .carried(
                    "seed", "logprobs", "top_logprobs", "frequency_penalty", "presence_penalty", "tools", "tool_choice")
            .carriedUpTo("max_completion_tokens", "as max_tokens")
            .dropped("user");

    private final Map<String, FieldRule> rules = new HashMap<>();

    private FieldTable() {
        dropped("metadata", "store", "service_tier", "prompt_cache_key", "prompt_cache_retention");
        dropped("safety_identifier", "prediction");
    }

    /** The table of a dialect; empty if it passes everything on. */
    static Optional<FieldTable> of(Dialect dialect) {
        return switch (dialect) {
            case CONVERSE -> Optional.of(CONVERSE);
            case LMI -> Optional.of(LMI);
            case TGI -> Optional.of(TGI);
            case BEDROCK_RUNTIME, BEDROCK_MANTLE, SAGEMAKER_OPEN_AI, OPEN_AI -> Optional.empty();
        };
    }

    /** A field that no table knows keeps a request away: dropping it in silence could change the answer. */
    FieldRule rule(String field) {
        return rules.getOrDefault(field, new FieldRule.Kept(NEUTRAL.getOrDefault(field, List.of())));
    }

    private FieldTable carried(String... fields) {
        Arrays.stream(fields).forEach(field -> carriedUpTo(field, ""));
        return this;
    }

    private FieldTable carriedUpTo(String field, String limits) {
        rules.put(field, new FieldRule.Carried(limits));
        return this;
    }

    private FieldTable dropped(String... fields) {
        Arrays.stream(fields).forEach(field -> rules.put(field, new FieldRule.Dropped()));
        return this;
    }
}
