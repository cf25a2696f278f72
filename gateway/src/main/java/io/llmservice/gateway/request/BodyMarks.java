package io.llmservice.gateway.request;

import java.util.Optional;

/**
 * Where in a body's bytes the parts are that may be replaced without writing the rest anew.
 *
 * @param open index behind the object's opening brace
 * @param model the value of {@code model}
 * @param streamOptions the value of {@code stream_options}
 * @param optionsOpen index behind the opening brace of {@code stream_options}, if it is an object
 * @param includeUsage the value of {@code stream_options.include_usage}
 */
public record BodyMarks(
        int open,
        Optional<Span> model,
        Optional<Span> streamOptions,
        Optional<Integer> optionsOpen,
        Optional<Span> includeUsage) {

    /** Bytes from one index to another, which is not among them. */
    public record Span(int from, int to) {}
}
