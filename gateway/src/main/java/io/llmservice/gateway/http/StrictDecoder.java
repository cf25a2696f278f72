package io.llmservice.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * Vert.x's decoder of requests, which also refuses what Netty mends: a body that is framed in two ways, and header lines
 * that go on in the next line. Both are used to smuggle one request inside another.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

    private static final String NAME = "httpDecoder";

    private boolean inHead = true;
    private boolean folded;
    private boolean twice;
    private byte previous;

    StrictDecoder(Http1ServerConfig config) {
        super(config);
    }

    /** Takes the place of the connection's decoder. Must be done before the first byte is read. */
    static void install(HttpConnection connection, Http1ServerConfig config) {
        Channel channel = ((ConnectionBase) connection).channel();
        channel.pipeline().replace(NAME, NAME, new StrictDecoder(config));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        boolean head = inHead;
        int from = in.readerIndex();
        int before = out.size();
        super.decode(context, in, out);
        if (head) {
            // One call decodes lines of the head only, up to the message that they make.
            findFold(in, from, in.readerIndex());
        }
        for (int i = before; i < out.size(); i++) {
            Object part = out.get(i);
            if (part instanceof HttpMessage message) {
                inHead = false;
                judge(message);
            }
            if (part instanceof LastHttpContent) {
                inHead = true;
                previous = 0;
            }
        }
    }

    private void judge(HttpMessage message) {
        if ((folded || twice) && message.decoderResult().isSuccess()) {
            message.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(
                    folded ? "a header line goes on in the next line" : "a body is framed in two ways")));
        }
        folded = false;
        twice = false;
    }

    private void findFold(ByteBuf in, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = in.getByte(i);
            folded |= previous == '\n' && (b == ' ' || b == '\t');
            previous = b;
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        twice = true;
        super.handleTransferEncodingChunkedWithContentLength(message);
    }
}
