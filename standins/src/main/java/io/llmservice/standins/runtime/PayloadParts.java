package io.llmservice.standins.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmservice.standins.dataplane.Behaviour;
import io.llmservice.standins.dataplane.Exchange;
import io.llmservice.standins.dataplane.Fault;
import io.llmservice.standins.eventstream.EventStreamMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Sends what a container writes as the payload parts of InvokeEndpointWithResponseStream, cut without regard to it. */
final class PayloadParts {

    private static final int LINES_BEFORE_FAULT = 3;

    private final Exchange exchange;
    private final Behaviour behaviour;
    private final Fault fault;
    private final int partSize;
    private byte[] rest = new byte[0];

    PayloadParts(Exchange exchange, Behaviour behaviour, Fault fault, int partSize) {
        this.exchange = exchange;
        this.behaviour = behaviour;
        this.fault = fault;
        this.partSize = partSize;
    }

    void send(List<String> lines) throws IOException {
        exchange.stream(Map.of(
                "content-type", "application/vnd.amazon.eventstream",
                "x-amzn-sagemaker-content-type", "text/event-stream",
                "x-amzn-invoked-production-variant", "AllTraffic"));
        behaviour.pause(exchange, true);
        int sent = 0;
        for (var line : lines) {
            if (failsNow(sent++)) {
                return;
            }
            write(line.getBytes(StandardCharsets.UTF_8));
            behaviour.pause(exchange, false);
        }
        part(rest);
        exchange.end();
    }

    private boolean failsNow(int sent) throws IOException {
        boolean first = fault == Fault.FIRST_EVENT && sent == 0;
        boolean midway = fault == Fault.MID_STREAM && sent == LINES_BEFORE_FAULT;
        if (fault == Fault.DROP_MID_STREAM && sent == LINES_BEFORE_FAULT) {
            exchange.drop();
        }
        if (!first && !midway) {
            return false;
        }
        part(rest);
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("Message", "The container broke while it answered.")
                .put("ErrorCode", "ModelInvocationTimeExceeded");
        exchange.chunk(EventStreamMessage.exception("ModelStreamError", body.toString())
                .encode());
        exchange.end();
        return true;
    }

    private void write(byte[] bytes) throws IOException {
        var all = new ByteArrayOutputStream();
        all.writeBytes(rest);
        all.writeBytes(bytes);
        byte[] pending = all.toByteArray();
        int from = 0;
        for (; pending.length - from >= partSize; from += partSize) {
            part(Arrays.copyOfRange(pending, from, from + partSize));
        }
        rest = Arrays.copyOfRange(pending, from, pending.length);
    }

    private void part(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            exchange.chunk(EventStreamMessage.event("PayloadPart", "application/octet-stream", bytes)
                    .encode());
        }
    }
}
