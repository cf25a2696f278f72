package io.llmservice.standins.dataplane;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An error as AWS's REST services send it.
 *
 * @param status HTTP status
 * @param type name of the exception
 * @param body with the message and what else the exception has
 */
public record AwsError(int status, String type, ObjectNode body) {

    public static AwsError of(int status, String type, String message) {
        return new AwsError(status, type, JsonNodeFactory.instance.objectNode().put("message", message));
    }

    public void send(Exchange exchange) throws IOException {
        exchange.respond(
                status,
                Map.of(
                        "content-type", "application/json",
                        "x-amzn-errortype", type,
                        "x-amzn-requestid", "00000000-0000-4000-8000-000000000000"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
