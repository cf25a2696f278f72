package io.llmservice.gateway.relay;

import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.BodySplice;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Scanned;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/** The body as upstreams get it: the client's, but for the question after the usage of a stream. */
final class SentBody {

    private final ApiRoute api;
    private final boolean hidesUsage;
    private final RequestScan scan;
    private byte[] bytes;
    private Buffer buffer;

    SentBody(ApiRoute api, byte[] body, Scanned.Found found) {
        RequestScan client = found.scan();
        this.api = api;
        this.hidesUsage = (api == ApiRoute.CHAT_COMPLETIONS || api == ApiRoute.COMPLETIONS)
                && client.stream()
                && !client.includeUsage().orElse(false);
        this.scan = hidesUsage ? asking(client) : client;
        this.bytes = hidesUsage ? BodySplice.askingForUsage(body, found.marks()) : body;
        this.buffer = wrapped(bytes);
    }

    private static RequestScan asking(RequestScan scan) {
        return new RequestScan(
                scan.model(),
                scan.stream(),
                Optional.of(true),
                scan.maxTokens(),
                scan.fields(),
                scan.prefix(),
                scan.promptCharacters());
    }

    ApiRoute api() {
        return api;
    }

    RequestScan scan() {
        return scan;
    }

    /** Whether the usage was asked for by the gateway only. */
    boolean hidesUsage() {
        return hidesUsage;
    }

    /** The bytes, with another name as model if one is given. */
    Buffer buffer(Optional<String> model) {
        return model.map(name -> wrapped(BodySplice.withModel(bytes, name))).orElse(buffer);
    }

    /** Lets go of the bytes: there will be no other attempt, and an answer may take minutes. */
    void forget() {
        bytes = new byte[0];
        buffer = Buffer.buffer();
    }

    /** A buffer of these bytes, without a copy of them. */
    private static Buffer wrapped(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
