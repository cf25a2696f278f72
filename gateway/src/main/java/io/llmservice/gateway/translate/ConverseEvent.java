package io.llmservice.gateway.translate;

/** What Converse says of an answer, piece by piece. */
public sealed interface ConverseEvent {

    record Text(String text) implements ConverseEvent {}

    record Reasoning(String text) implements ConverseEvent {}

    /**
     * A tool call begins.
     *
     * @param block index of the content block
     */
    record ToolStart(int block, String id, String name) implements ConverseEvent {}

    /**
     * A tool call goes on.
     *
     * @param block index of the content block
     * @param json a piece of the arguments
     */
    record ToolInput(int block, String json) implements ConverseEvent {}

    /**
     * A content block ends.
     *
     * @param block index of the content block
     */
    record BlockEnd(int block) implements ConverseEvent {}

    /**
     * The answer ends.
     *
     * @param reason Converse's word
     */
    record Stop(String reason) implements ConverseEvent {}

    record Tokens(TokenCount count) implements ConverseEvent {}
}
