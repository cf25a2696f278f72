package io.llmservice.gateway.request;

import java.util.List;
import java.util.Optional;

/**
 * What one pass over a request's body found, without building a tree of it.
 *
 * @param model the top-level {@code model}
 * @param stream the top-level {@code stream}
 * @param includeUsage {@code stream_options.include_usage}, absent if the client said nothing
 * @param maxTokens {@code max_completion_tokens} or {@code max_tokens}
 * @param fields names of all top-level fields, in their order
 * @param prefix the prompt's beginning, to be compared with others'
 * @param promptCharacters length of the prompt in characters, all messages together; about four make a token
 */
public record RequestScan(
        Optional<String> model,
        boolean stream,
        Optional<Boolean> includeUsage,
        Optional<Integer> maxTokens,
        List<String> fields,
        PrefixBlocks prefix,
        int promptCharacters) {}
