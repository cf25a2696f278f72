package io.llmservice.gateway.aws;

import io.llmservice.gateway.translate.ConverseEvent;
import io.llmservice.gateway.translate.TokenCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** What the SDK read of an answer, free of its types. */
final class ConverseEvents {

    private ConverseEvents() {}

    /** An event of a stream; empty if it has nothing for a client. */
    static Optional<ConverseEvent> of(ConverseStreamOutput output) {
        return switch (output) {
            case ContentBlockStartEvent event -> start(event);
            case ContentBlockDeltaEvent event -> delta(event);
            case ContentBlockStopEvent event -> Optional.of(new ConverseEvent.BlockEnd(event.contentBlockIndex()));
            case MessageStopEvent event -> Optional.of(new ConverseEvent.Stop(event.stopReasonAsString()));
            case ConverseStreamMetadataEvent event ->
                Optional.ofNullable(event.usage()).map(ConverseEvents::tokens);
            default -> Optional.empty();
        };
    }

    /** A whole answer, as the events of a stream would have said it. */
    static List<ConverseEvent> of(ConverseResponse response) {
        var events = new ArrayList<ConverseEvent>();
        int index = 0;
        for (var block : response.output().message().content()) {
            block(index++, block, events);
        }
        events.add(new ConverseEvent.Stop(response.stopReasonAsString()));
        Optional.ofNullable(response.usage()).map(ConverseEvents::tokens).ifPresent(events::add);
        return events;
    }

    private static void block(int index, ContentBlock block, List<ConverseEvent> events) {
        switch (block.type()) {
            case TEXT -> events.add(new ConverseEvent.Text(block.text()));
            case TOOL_USE -> {
                var use = block.toolUse();
                events.add(new ConverseEvent.ToolStart(index, use.toolUseId(), use.name()));
                events.add(new ConverseEvent.ToolInput(
                        index, Documents.tree(use.input()).toString()));
            }
            case REASONING_CONTENT ->
                Optional.ofNullable(block.reasoningContent().reasoningText())
                        .map(reasoning -> new ConverseEvent.Reasoning(reasoning.text()))
                        .ifPresent(events::add);
            default -> {
                // Kinds that a chat completion has no word for.
            }
        }
    }

    private static Optional<ConverseEvent> start(ContentBlockStartEvent event) {
        return Optional.ofNullable(event.start().toolUse())
                .map(use -> new ConverseEvent.ToolStart(event.contentBlockIndex(), use.toolUseId(), use.name()));
    }

    private static Optional<ConverseEvent> delta(ContentBlockDeltaEvent event) {
        var delta = event.delta();
        return switch (delta.type()) {
            case TEXT -> Optional.of(new ConverseEvent.Text(delta.text()));
            case TOOL_USE ->
                Optional.of(new ConverseEvent.ToolInput(
                        event.contentBlockIndex(), delta.toolUse().input()));
            case REASONING_CONTENT ->
                Optional.ofNullable(delta.reasoningContent().text()).map(ConverseEvent.Reasoning::new);
            default -> Optional.empty();
        };
    }

    /** Bedrock counts what a cache gave or took apart from the rest of the prompt; OpenAI counts it in. */
    private static ConverseEvent tokens(TokenUsage usage) {
        long cached = zero(usage.cacheReadInputTokens());
        return new ConverseEvent.Tokens(new TokenCount(
                zero(usage.inputTokens()) + cached + zero(usage.cacheWriteInputTokens()),
                cached,
                zero(usage.outputTokens())));
    }

    private static long zero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
