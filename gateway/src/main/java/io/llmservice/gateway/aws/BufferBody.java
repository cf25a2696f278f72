package io.llmservice.gateway.aws;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A whole document as a stream of one buffer, paused until somebody reads it. */
final class BufferBody implements ReadStream<Buffer> {

    private final Context context;
    private final Buffer document;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private boolean flowing;
    private boolean read;

    BufferBody(Context context, Buffer document) {
        this.context = context;
        this.document = document;
    }

    @Override
    public BufferBody fetch(long amount) {
        flowing = amount > 0 || flowing;
        context.runOnContext(ignored -> deliver());
        return this;
    }

    private void deliver() {
        if (!flowing || read || handler == null) {
            return;
        }
        read = true;
        handler.handle(document);
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }

    @Override
    public BufferBody resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public BufferBody pause() {
        flowing = false;
        return this;
    }

    @Override
    public BufferBody handler(@Nullable Handler<Buffer> next) {
        handler = next;
        return this;
    }

    @Override
    public BufferBody endHandler(@Nullable Handler<Void> next) {
        endHandler = next;
        return this;
    }

    /** Never called: the document is there. */
    @Override
    public BufferBody exceptionHandler(@Nullable Handler<Throwable> next) {
        return this;
    }
}
