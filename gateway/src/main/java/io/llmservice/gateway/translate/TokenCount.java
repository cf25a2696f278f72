package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tokens as an upstream counted them.
 *
 * @param input of the prompt, those that were read from or written to a cache too
 * @param cached of them, those that were read from a cache
 * @param output of the answer
 */
public record TokenCount(long input, long cached, long output) {

    ObjectNode usage() {
        var usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        return usage;
    }
}
