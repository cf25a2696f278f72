package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.translate.Carriage;
import io.llmservice.gateway.translate.ConverseCall;
import io.llmservice.gateway.translate.ConverseDocument;
import io.llmservice.gateway.translate.ConverseEvent;
import io.llmservice.gateway.translate.ConverseStream;
import io.llmservice.gateway.translate.ConverseTranslation;
import io.llmservice.gateway.translate.Dialect;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** A model on Bedrock, asked by Converse. */
final class BedrockUpstream implements Upstream {

    static final String ACTIONS = "bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final BedrockRuntimeAsyncClient client;
    private final String modelId;
    private final AnswerHeads heads;
    private final Failures failures;

    BedrockUpstream(
            Vertx vertx, BedrockRuntimeAsyncClient client, String modelId, AnswerHeads heads, Failures failures) {
        this.vertx = vertx;
        this.client = client;
        this.modelId = modelId;
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
        return switch (ConverseTranslation.translate(body)) {
            case ConverseTranslation.Result.NotCarried none ->
                Future.failedFuture(failures.refused(none.reason() + "."));
            case ConverseTranslation.Result.Carried carried ->
                body.path("stream").asBoolean()
                        ? stream(request, body, carried.call())
                        : whole(request, body, carried.call());
        };
    }

    private Future<UpstreamResponse> stream(UpstreamRequest request, JsonNode body, ConverseCall call) {
        var pending = new PendingCall(vertx, failures, request.firstByteTimeout());
        var translation = new ConverseStream(
                heads.next(request.scan()),
                body.path("stream_options").path("include_usage").asBoolean());
        var dropped = Carriage.dropped(Dialect.CONVERSE, body);
        var handler = ConverseStreamResponseHandler.builder()
                .onEventStream(publisher -> {
                    var events = EventBody.<ConverseStreamOutput, ConverseEvent>of(
                            pending.context(),
                            output -> ConverseEvents.of(output).map(List::of).orElse(List.of()),
                            translation,
                            failures);
                    publisher.subscribe(events);
                    pending.streaming(events, dropped);
                })
                .onError(pending::fail)
                .build();
        return pending.start(() -> client.converseStream(ConverseRequests.streamed(call, modelId), handler), done -> {})
                .future();
    }

    private Future<UpstreamResponse> whole(UpstreamRequest request, JsonNode body, ConverseCall call) {
        var pending = new PendingCall(vertx, failures, request.firstByteTimeout());
        var head = heads.next(request.scan());
        return pending.start(
                        () -> client.converse(ConverseRequests.whole(call, modelId)),
                        response -> pending.answered(
                                Buffer.buffer(ConverseDocument.of(head, ConverseEvents.of(response))
                                        .toString()),
                                Carriage.dropped(Dialect.CONVERSE, body)))
                .future();
    }
}
