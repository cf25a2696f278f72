package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the events of ConverseStream to chunks. The chunk with the role waits for the first content, so that an error which
 * comes before it is the first event and the request can still go elsewhere.
 */
public final class ConverseStream implements StreamTranslation<ConverseEvent> {

    private final AnswerHead head;
    private final boolean includeUsage;
    private final Map<Integer, Integer> toolIndexes = new HashMap<>();
    private final Set<Integer> toolsWithoutInput = new HashSet<>();
    private boolean begun;
    private boolean stopped;

    public ConverseStream(AnswerHead head, boolean includeUsage) {
        this.head = head;
        this.includeUsage = includeUsage;
    }

    @Override
    public List<byte[]> next(ConverseEvent event) {
        return switch (event) {
            case ConverseEvent.Text text -> delta(object().put("content", text.text()));
            case ConverseEvent.Reasoning reasoning -> delta(object().put("reasoning_content", reasoning.text()));
            case ConverseEvent.ToolStart start -> toolStart(start);
            case ConverseEvent.ToolInput input -> toolInput(input.block(), input.json());
            case ConverseEvent.BlockEnd end ->
                toolsWithoutInput.contains(end.block()) ? toolInput(end.block(), "{}") : List.of();
            case ConverseEvent.Stop stop -> stop(FinishReason.ofConverse(stop.reason()));
            case ConverseEvent.Tokens tokens -> includeUsage ? List.of(usage(tokens.count())) : List.of();
        };
    }

    @Override
    public List<byte[]> end() {
        return stopped
                ? List.of(ServerSentEvents.done())
                : fail(new ErrorBody(
                        "api_error", "ended_early", "The answer ended before it was complete. Ask again."));
    }

    @Override
    public List<byte[]> fail(ErrorBody error) {
        return List.of(ServerSentEvents.data(error.document()), ServerSentEvents.done());
    }

    private List<byte[]> toolStart(ConverseEvent.ToolStart start) {
        int index = toolIndexes.size();
        toolIndexes.put(start.block(), index);
        toolsWithoutInput.add(start.block());
        var call = object().put("index", index).put("id", start.id()).put("type", "function");
        call.putObject("function").put("name", start.name()).put("arguments", "");
        return toolDelta(call);
    }

    private List<byte[]> toolInput(int block, String json) {
        if (json.isEmpty()) {
            return List.of();
        }
        toolsWithoutInput.remove(block);
        var call = object().put("index", toolIndexes.getOrDefault(block, 0));
        call.putObject("function").put("arguments", json);
        return toolDelta(call);
    }

    private List<byte[]> toolDelta(ObjectNode call) {
        var delta = object();
        delta.putArray("tool_calls").add(call);
        return delta(delta);
    }

    private List<byte[]> stop(String reason) {
        stopped = true;
        var events = begin();
        var chunk = head.choiceChunk(object());
        ((ObjectNode) chunk.path("choices").path(0)).put("finish_reason", reason);
        events.add(ServerSentEvents.data(chunk));
        return events;
    }

    private List<byte[]> delta(ObjectNode delta) {
        var events = begin();
        events.add(ServerSentEvents.data(head.choiceChunk(delta)));
        return events;
    }

    private List<byte[]> begin() {
        var events = new ArrayList<byte[]>(2);
        if (!begun) {
            begun = true;
            events.add(ServerSentEvents.data(
                    head.choiceChunk(object().put("role", "assistant").put("content", ""))));
        }
        return events;
    }

    private byte[] usage(TokenCount count) {
        var chunk = head.chunk();
        chunk.putArray("choices");
        chunk.set("usage", count.usage());
        return ServerSentEvents.data(chunk);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
