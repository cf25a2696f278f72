package io.llmservice.standins.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.standins.dataplane.Answers;
import io.llmservice.standins.dataplane.AwsError;
import io.llmservice.standins.dataplane.Behaviour;
import io.llmservice.standins.dataplane.ChatAnswer;
import io.llmservice.standins.dataplane.DataPlane;
import io.llmservice.standins.dataplane.Exchange;
import io.llmservice.standins.dataplane.Fault;
import io.llmservice.standins.dataplane.HttpMessage;
import io.llmservice.standins.dataplane.OpenAiRoute;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** SageMaker's data plane: every endpoint there is answers, and unsigned requests are refused. */
public final class SageMakerRuntimeStandIn implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INVOKE =
            Pattern.compile("/endpoints/([^/]+)/(invocations|invocations-response-stream)");
    private static final Pattern OPEN_AI =
            Pattern.compile("/endpoints/([^/]+)(/inference-components/[^/]+)?/openai/v1/chat/completions");

    private final Behaviour behaviour = new Behaviour(new Answers("SageMaker:", 10));
    private final DataPlane plane;
    private volatile Container container = Container.LMI_EVENTS;
    private volatile int partSize = 37;

    private SageMakerRuntimeStandIn(int port) {
        plane = DataPlane.start(port, "sagemaker", this::handle);
    }

    /** Starts one on a free port. */
    public static SageMakerRuntimeStandIn start() {
        return new SageMakerRuntimeStandIn(0);
    }

    public static SageMakerRuntimeStandIn start(int port) {
        return new SageMakerRuntimeStandIn(port);
    }

    /** What {@code AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME} is to be. */
    public URI url() {
        return plane.url();
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    /** What runs behind every endpoint from now on. */
    public void container(Container next) {
        container = next;
    }

    /** Bytes of a payload part: events are cut at any byte, as the service may cut them. */
    public void partSize(int bytes) {
        partSize = bytes;
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

    /** The last request. */
    public HttpMessage lastRequest() {
        return plane.seen().getLast();
    }

    private void handle(Exchange exchange) throws IOException {
        var fault = behaviour.take();
        var invoke = INVOKE.matcher(exchange.request().path());
        var openAi = OPEN_AI.matcher(exchange.request().path());
        if (!invoke.matches() && !openAi.matches()) {
            AwsError.of(404, "UnknownOperationException", "no such operation").send(exchange);
            return;
        }
        String endpoint = invoke.matches() ? invoke.group(1) : openAi.group(1);
        var error = error(fault, endpoint);
        if (error.isPresent()) {
            error.get().send(exchange);
        } else if (fault == Fault.DROP) {
            exchange.drop();
        } else if (fault == Fault.HANG) {
            behaviour.hang(exchange);
        } else if (openAi.matches()) {
            OpenAiRoute.answer(exchange, behaviour);
        } else {
            invoke(exchange, fault, invoke.group(2).endsWith("stream"));
        }
    }

    private void invoke(Exchange exchange, Fault fault, boolean streams) throws IOException {
        JsonNode request = JSON.readTree(exchange.request().body());
        var answer = ChatAnswer.to(request, behaviour.answers());
        if (streams) {
            new PayloadParts(exchange, behaviour, fault, partSize).send(container.write(answer));
            return;
        }
        behaviour.pause(exchange, true);
        exchange.respond(
                200,
                Map.of("content-type", "application/json", "x-amzn-invoked-production-variant", "AllTraffic"),
                JSON.writeValueAsBytes(answer.document()));
    }

    private static Optional<AwsError> error(Fault fault, String endpoint) {
        return switch (fault) {
            case THROTTLE -> Optional.of(AwsError.of(429, "ThrottlingException", "Rate exceeded"));
            case ACCESS_DENIED ->
                Optional.of(AwsError.of(
                        403,
                        "AccessDeniedException",
                        "User: arn:aws:sts::111122223333:assumed-role/gateway/x is not authorized to perform: sagemaker:InvokeEndpoint on resource: arn:aws:sagemaker:us-east-1:111122223333:endpoint/"
                                + endpoint));
            case VALIDATION -> Optional.of(AwsError.of(400, "ValidationError", "The body is too large."));
            case NOT_FOUND ->
                Optional.of(AwsError.of(
                        400, "ValidationError", "Endpoint " + endpoint + " of account 111122223333 not found."));
            case NOT_READY ->
                Optional.of(AwsError.of(429, "ModelNotReadyException", "The model is not ready for inference."));
            case MODEL_TIMEOUT ->
                Optional.of(model(AwsError.of(424, "ModelError", "Received timeout from primary."), 504, "timed out"));
            case UNAVAILABLE ->
                Optional.of(AwsError.of(503, "ServiceUnavailable", "The service is unavailable. Try again."));
            case INTERNAL -> Optional.of(AwsError.of(500, "InternalFailure", "An internal failure occurred."));
            case CONTAINER ->
                Optional.of(model(
                        AwsError.of(424, "ModelError", "Received client error (400) from primary."),
                        400,
                        "{\"message\":\"max_tokens is too large\"}"));
            case NONE, MID_STREAM, FIRST_EVENT, DROP, DROP_MID_STREAM, HANG -> Optional.empty();
        };
    }

    private static AwsError model(AwsError error, int originalStatus, String originalMessage) {
        error.body().put("OriginalStatusCode", originalStatus).put("OriginalMessage", originalMessage);
        return error;
    }

    @Override
    public void close() {
        plane.close();
    }
}
