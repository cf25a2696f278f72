package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.upstream.Cancellation;
import io.llmservice.gateway.upstream.Upstream;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pod whose stream of a plain chat is gone on with by other pods, from the token at which it dies. To whoever reads it
 * this is one stream of one pod. Confined to one event loop.
 */
final class Continuation implements Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

    private final Upstream first;
    private final HandedAttempt attempt;
    private final Successors successors;
    private final Context context;

    private Continuation(Upstream first, HandedAttempt attempt, Successors successors, Context context) {
        this.first = first;
        this.attempt = attempt;
        this.successors = successors;
        this.context = context;
    }

    /** The same way, on which one pod's end is not the stream's. */
    static Way over(Way way, Successors successors, Context context) {
        var attempt = new HandedAttempt(way.attempt());
        return new Way(
                way.name(),
                way.reason(),
                way.pod(),
                way.model(),
                way.translated(),
                new Continuation(way.upstream(), attempt, successors, context),
                attempt,
                way.patience());
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
        return send(request, new Cancellation());
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request, Cancellation cancellation) {
        Optional<PlainChat> plain = PlainChat.read(request.body());
        if (plain.isEmpty()) {
            return first.send(request, cancellation);
        }
        PlainChat chat = plain.get();
        return first.send(with(request, request.route(), chat.chat()), cancellation)
                .map(answer -> Peek.isEvents(answer) ? continued(request, chat, answer) : answer);
    }

    private UpstreamResponse continued(UpstreamRequest request, PlainChat chat, UpstreamResponse answer) {
        var head = with(request, request.route(), Buffer.buffer()); // an answer may take minutes: let go of the body
        var stream = new ContinuedStream(chat, new Search(head));
        stream.read(answer);
        return new UpstreamResponse(answer.status(), answer.headers(), stream, stream::cancel);
    }

    private static UpstreamRequest with(UpstreamRequest request, ApiRoute route, Buffer body) {
        return new UpstreamRequest(route, request.headers(), body, request.scan(), request.firstByteTimeout());
    }

    /** Asks one pod after the other to go on with one stream. */
    private final class Search implements ContinuedStream.Heirs {

        private final UpstreamRequest request;
        private Cancellation cancellation = new Cancellation();

        private Search(UpstreamRequest request) {
            this.request = request;
        }

        @Override
        public void find(Outcome dead, ApiRoute route, Buffer body, Consumer<Optional<UpstreamResponse>> found) {
            Optional<Way> next = successors.next(request.firstByteTimeout());
            if (next.isEmpty()) {
                found.accept(Optional.empty());
                return;
            }
            Way way = next.get();
            successors.count(dead);
            attempt.handOver(dead, way.attempt());
            var given = new Cancellation();
            cancellation = given;
            way.upstream().send(with(request, route, body), given).onComplete(result -> {
                Runnable then = () -> answered(way, given, result, failure -> find(failure, route, body, found), found);
                if (context.equals(Vertx.currentContext())) {
                    then.run();
                } else {
                    context.runOnContext(here -> then.run());
                }
            });
        }

        private void answered(
                Way way,
                Cancellation given,
                AsyncResult<UpstreamResponse> result,
                Consumer<Outcome> failed,
                Consumer<Optional<UpstreamResponse>> found) {
            if (result.failed()) {
                if (!given.cancelled()) {
                    failed.accept(Outcome.FAILED_BEFORE_FIRST_BYTE);
                }
                return;
            }
            UpstreamResponse answer = result.result();
            if (given.cancelled()) {
                answer.cancel().run();
            } else if (Peek.isEvents(answer)) {
                LOG.atDebug().addKeyValue("service", successors.route().key()).log("another pod goes on with a stream");
                found.accept(Optional.of(answer));
            } else {
                Discard.rest(context.owner(), answer);
                failed.accept(successors.refused(way, answer.status()));
            }
        }

        @Override
        public void cancel() {
            cancellation.cancel();
        }
    }
}
