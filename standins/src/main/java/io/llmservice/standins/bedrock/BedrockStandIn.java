package io.llmservice.standins.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.standins.dataplane.Answers;
import io.llmservice.standins.dataplane.AwsError;
import io.llmservice.standins.dataplane.Behaviour;
import io.llmservice.standins.dataplane.DataPlane;
import io.llmservice.standins.dataplane.Exchange;
import io.llmservice.standins.dataplane.Fault;
import io.llmservice.standins.dataplane.HttpMessage;
import io.llmservice.standins.dataplane.OpenAiRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bedrock's data plane: answers Converse and ConverseStream of any model word by word, and refuses unsigned requests. */
public final class BedrockStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONVERSE = Pattern.compile("/model/([^/]+)/(converse|converse-stream)");
    private static final String OPEN_AI = "/openai/v1/chat/completions";

    private final Behaviour behaviour = new Behaviour(new Answers("Bedrock:", 10));
    private final DataPlane plane;

    private BedrockStandIn(int port) {
        plane = DataPlane.start(port, "bedrock", this::handle);
    }

    /** Starts one on a free port. */
    public static BedrockStandIn start() {
        return new BedrockStandIn(0);
    }

    public static BedrockStandIn start(int port) {
        return new BedrockStandIn(port);
    }

    /** What {@code AWS_ENDPOINT_URL_BEDROCK_RUNTIME} is to be. */
    public URI url() {
        return plane.url();
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    public int requests() {
        return plane.requests();
    }

    public int unsigned() {
        return plane.unsigned();
    }

    public int cancellations() {
        return plane.cancellations();
    }

    /** The body of the last request. */
    public JsonNode lastRequest() {
        List<HttpMessage> seen = plane.seen();
        return read(seen.getLast());
    }

    private void handle(Exchange exchange) throws IOException {
        var fault = behaviour.take();
        var converse = CONVERSE.matcher(exchange.request().path());
        boolean openAi = exchange.request().path().equals(OPEN_AI);
        if (!converse.matches() && !openAi) {
            AwsError.of(404, "UnknownOperationException", "no such operation").send(exchange);
            return;
        }
        String model = openAi
                ? read(exchange.request()).path("model").asText()
                : URLDecoder.decode(converse.group(1), StandardCharsets.UTF_8);
        var error = error(fault, model);
        if (error.isPresent()) {
            error.get().send(exchange);
        } else if (fault == Fault.DROP) {
            exchange.drop();
        } else if (fault == Fault.HANG) {
            behaviour.hang(exchange);
        } else if (openAi) {
            OpenAiRoute.answer(exchange, behaviour);
        } else {
            converse(exchange, fault, converse.group(2).equals("converse-stream"));
        }
    }

    private void converse(Exchange exchange, Fault fault, boolean streams) throws IOException {
        var request = read(exchange.request());
        var problem = ConverseRules.problem(request);
        if (problem.isPresent()) {
            AwsError.of(400, "ValidationException", problem.get()).send(exchange);
            return;
        }
        var answer = ConverseAnswer.to(request, behaviour.answers());
        if (streams) {
            new ConverseStreaming(exchange, behaviour, fault).send(answer);
        } else {
            behaviour.pause(exchange, true);
            exchange.respond(200, DataPlane.json(), JSON.writeValueAsBytes(answer.document()));
        }
    }

    private static JsonNode read(HttpMessage message) {
        try {
            return JSON.readTree(message.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<AwsError> error(Fault fault, String model) {
        return switch (fault) {
            case THROTTLE ->
                Optional.of(
                        AwsError.of(429, "ThrottlingException", "Too many requests, please wait before trying again."));
            case ACCESS_DENIED ->
                Optional.of(AwsError.of(
                        403,
                        "AccessDeniedException",
                        "User: arn:aws:sts::111122223333:assumed-role/gateway/x is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: "
                                + model));
            case VALIDATION ->
                Optional.of(AwsError.of(
                        400, "ValidationException", "The maximum tokens you requested exceeds the model limit."));
            case NOT_FOUND ->
                Optional.of(AwsError.of(404, "ResourceNotFoundException", "The model " + model + " is not there."));
            case NOT_READY ->
                Optional.of(AwsError.of(429, "ModelNotReadyException", "The model is not ready for inference."));
            case MODEL_TIMEOUT ->
                Optional.of(
                        AwsError.of(408, "ModelTimeoutException", "Model has timed out in processing the request."));
            case UNAVAILABLE ->
                Optional.of(
                        AwsError.of(503, "ServiceUnavailableException", "Bedrock is unable to process your request."));
            case INTERNAL ->
                Optional.of(AwsError.of(500, "InternalServerException", "The system encountered an unexpected error."));
            case CONTAINER -> Optional.of(AwsError.of(424, "ModelErrorException", "The request failed in the model."));
            case NONE, MID_STREAM, FIRST_EVENT, DROP, DROP_MID_STREAM, HANG -> Optional.empty();
        };
    }

    @Override
    public void close() {
        plane.close();
    }
}
