package io.llmservice.gateway.translate;

/** Why an answer ended, in OpenAI's words. */
final class FinishReason {

    private FinishReason() {}

    /** From Converse's stop reason; a word that is not known yet reads as a normal end. */
    static String ofConverse(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> "stop";
        };
    }

    /** From what LMI and TGI containers say, which is partly OpenAI's word already. */
    static String ofContainer(String reason) {
        return switch (reason) {
            case "eos_token", "stop_sequence" -> "stop";
            default -> reason;
        };
    }
}
