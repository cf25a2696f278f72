package io.llmservice.standins.bedrock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.standins.dataplane.Behaviour;
import io.llmservice.standins.dataplane.Exchange;
import io.llmservice.standins.dataplane.Fault;
import io.llmservice.standins.eventstream.EventStreamMessage;
import java.io.IOException;
import java.util.Map;

/** Sends one answer as the events of ConverseStream. */
final class ConverseStreaming {

    private static final int TOKENS_BEFORE_FAULT = 3;
    private static final int ARGUMENT_PIECE = 5;

    private final Exchange exchange;
    private final Behaviour behaviour;
    private final Fault fault;

    ConverseStreaming(Exchange exchange, Behaviour behaviour, Fault fault) {
        this.exchange = exchange;
        this.behaviour = behaviour;
        this.fault = fault;
    }

    void send(ConverseAnswer answer) throws IOException {
        exchange.stream(Map.of("content-type", "application/vnd.amazon.eventstream"));
        event("messageStart", object().put("role", "assistant"));
        behaviour.pause(exchange, true);
        if (fault == Fault.FIRST_EVENT) {
            exception("throttlingException", "Too many tokens, please wait before trying again.");
            return;
        }
        if (!text(answer)) {
            return;
        }
        if (answer.tool().isPresent()) {
            tool(answer.tool().get(), answer.echo());
        }
        event("messageStop", object().put("stopReason", answer.stopReason()));
        var metadata = object();
        metadata.set("usage", answer.usage());
        metadata.putObject("metrics").put("latencyMs", 1);
        event("metadata", metadata);
        exchange.end();
    }

    private boolean text(ConverseAnswer answer) throws IOException {
        int sent = 0;
        for (var word : answer.words()) {
            if (sent == TOKENS_BEFORE_FAULT && fault == Fault.DROP_MID_STREAM) {
                exchange.drop();
            }
            if (sent == TOKENS_BEFORE_FAULT && fault == Fault.MID_STREAM) {
                exception("modelStreamErrorException", "The model broke while it answered.");
                return false;
            }
            delta(0, object().put("text", word));
            sent++;
            behaviour.pause(exchange, false);
        }
        event("contentBlockStop", object().put("contentBlockIndex", 0));
        return true;
    }

    private void tool(String name, String echo) throws IOException {
        var start = object().put("contentBlockIndex", 1);
        start.putObject("start")
                .putObject("toolUse")
                .put("toolUseId", "tooluse_1")
                .put("name", name);
        event("contentBlockStart", start);
        String input = object().put("echo", echo).toString();
        for (int from = 0; from < input.length(); from += ARGUMENT_PIECE) {
            var piece = input.substring(from, Math.min(input.length(), from + ARGUMENT_PIECE));
            var delta = object();
            delta.putObject("toolUse").put("input", piece);
            delta(1, delta);
        }
        event("contentBlockStop", object().put("contentBlockIndex", 1));
    }

    private void delta(int block, ObjectNode delta) throws IOException {
        var event = object().put("contentBlockIndex", block);
        event.set("delta", delta);
        event("contentBlockDelta", event);
    }

    private void exception(String type, String message) throws IOException {
        exchange.chunk(EventStreamMessage.exception(
                        type, object().put("message", message).toString())
                .encode());
        exchange.end();
    }

    private void event(String type, ObjectNode payload) throws IOException {
        exchange.chunk(EventStreamMessage.event(type, payload.toString()).encode());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
