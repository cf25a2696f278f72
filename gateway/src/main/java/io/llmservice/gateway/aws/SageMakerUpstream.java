package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.translate.Carriage;
import io.llmservice.gateway.translate.ContainerDialect;
import io.llmservice.gateway.translate.ContainerStream;
import io.llmservice.gateway.translate.Dialect;
import io.llmservice.gateway.translate.LmiDialect;
import io.llmservice.gateway.translate.TgiDialect;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntime.model.PayloadPart;
import software.amazon.awssdk.services.sagemakerruntime.model.ResponseStream;

/** An LMI or TGI container behind a SageMaker endpoint, asked by InvokeEndpoint. */
final class SageMakerUpstream implements Upstream {

    static final String ACTIONS = "sagemaker:InvokeEndpoint";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/json";

    private final Vertx vertx;
    private final SageMakerRuntimeAsyncClient client;
    private final ManagedEndpoints.Endpoint endpoint;
    private final ContainerDialect dialect;
    private final AnswerHeads heads;
    private final Failures failures;

    SageMakerUpstream(
            Vertx vertx,
            SageMakerRuntimeAsyncClient client,
            ManagedEndpoints.Endpoint endpoint,
            ContainerDialect dialect,
            AnswerHeads heads,
            Failures failures) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.dialect = dialect;
        this.heads = heads;
        this.failures = failures;
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
        JsonNode body;
        try {
            body = JSON.readTree(request.body().getBytes());
        } catch (IOException e) {
            return Future.failedFuture(failures.refused("the body is not JSON."));
        }
        var pending = new PendingCall(vertx, failures, request.firstByteTimeout());
        var payload = SdkBytes.fromUtf8String(dialect.request(body).toString());
        var dropped = Carriage.dropped(name(), body);
        return body.path("stream").asBoolean()
                ? stream(pending, request, body, payload, dropped)
                : whole(pending, request, payload, dropped);
    }

    private Future<UpstreamResponse> stream(
            PendingCall pending, UpstreamRequest request, JsonNode body, SdkBytes payload, List<String> dropped) {
        boolean includeUsage = body.path("stream_options").path("include_usage").asBoolean();
        var translation = new ContainerStream(heads.next(request.scan()), includeUsage);
        var handler = InvokeEndpointWithResponseStreamResponseHandler.builder()
                .onEventStream(publisher -> {
                    var events = EventBody.of(pending.context(), SageMakerUpstream::bytes, translation, failures);
                    publisher.subscribe(events);
                    pending.streaming(events, dropped);
                })
                .onError(pending::fail)
                .build();
        var invoke = InvokeEndpointWithResponseStreamRequest.builder()
                .endpointName(endpoint.name())
                .contentType(CONTENT_TYPE)
                .body(payload);
        endpoint.inferenceComponent().ifPresent(invoke::inferenceComponentName);
        return pending.start(() -> client.invokeEndpointWithResponseStream(invoke.build(), handler), done -> {})
                .future();
    }

    private Future<UpstreamResponse> whole(
            PendingCall pending, UpstreamRequest request, SdkBytes payload, List<String> dropped) {
        var invoke = InvokeEndpointRequest.builder()
                .endpointName(endpoint.name())
                .contentType(CONTENT_TYPE)
                .accept(CONTENT_TYPE)
                .body(payload);
        endpoint.inferenceComponent().ifPresent(invoke::inferenceComponentName);
        return pending.start(
                        () -> client.invokeEndpoint(invoke.build()),
                        response -> answered(pending, request, response, dropped))
                .future();
    }

    private void answered(
            PendingCall pending, UpstreamRequest request, InvokeEndpointResponse response, List<String> dropped) {
        try {
            var answer = JSON.readTree(response.body().asByteArrayUnsafe());
            pending.answered(
                    Buffer.buffer(
                            dialect.document(heads.next(request.scan()), answer).toString()),
                    dropped);
        } catch (IOException e) {
            pending.fail(new UpstreamException(
                    UpstreamException.Cause.RESET, failures.resource() + " answered with no JSON.", null));
        }
    }

    private Dialect name() {
        return switch (dialect) {
            case LmiDialect lmi -> Dialect.LMI;
            case TgiDialect tgi -> Dialect.TGI;
        };
    }

    private static List<byte[]> bytes(ResponseStream event) {
        return event instanceof PayloadPart part ? List.of(part.bytes().asByteArrayUnsafe()) : List.of();
    }
}
