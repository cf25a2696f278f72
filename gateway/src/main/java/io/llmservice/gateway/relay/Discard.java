package io.llmservice.gateway.relay;

import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.Vertx;

/** Reads an answer that nobody wants to its end, so that its connection can be used again; cuts it if that takes long. */
final class Discard {

    private static final long MILLIS = 1000;
    private static final int MOST = 256 * 1024;

    private long seen;

    private Discard() {}

    static void rest(Vertx vertx, UpstreamResponse answer) {
        var discard = new Discard();
        long timer = vertx.setTimer(MILLIS, id -> answer.cancel().run());
        answer.body().exceptionHandler(failure -> vertx.cancelTimer(timer));
        answer.body().endHandler(end -> vertx.cancelTimer(timer));
        answer.body().handler(chunk -> {
            discard.seen += chunk.length();
            if (discard.seen > MOST) {
                vertx.cancelTimer(timer);
                answer.cancel().run();
            }
        });
        answer.body().resume();
    }
}
