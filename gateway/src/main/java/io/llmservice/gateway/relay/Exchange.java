package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.gateway.dispatch.Ask;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.dispatch.Next;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.Cancellation;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.gateway.upstream.UpstreamRequest;
import io.llmservice.gateway.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its admission to its end: attempt after attempt until one has a first byte, which a {@link Passage}
 * then takes to the client. Confined to one event loop.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** Attempts that reached nobody cost nobody anything; some more of them are free. */
    private static final int FREE = 4;

    /** No request needs so many; a decision that goes in circles ends here. */
    private static final int MOST = 32;

    private final Vertx vertx;
    private final Context context;
    private final RelayParts parts;
    private final Ways ways;
    private final ClientSide client;
    private final SentBody body;
    private final ServiceRoute route;
    private final HttpServerResponse response;
    private final MultiMap headers;
    private final Duration requestTimeout;
    private final long started = System.nanoTime();
    private final Set<String> triedPods = new HashSet<>();
    private final List<String> triedTargets = new ArrayList<>();

    private Cancellation cancellation = new Cancellation();
    private @Nullable Way way;
    private @Nullable UpstreamResponse head;
    private @Nullable Passage passage;
    private int attempts;
    private int free;
    private long requestTimer = -1;
    private long attemptTimer = -1;
    private boolean over;

    Exchange(Vertx vertx, RelayParts parts, Ways ways, ClientSide client, SentBody body) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.parts = parts;
        this.ways = ways;
        this.client = client;
        this.body = body;
        this.route = client.route();
        this.response = client.request().response();
        this.headers = Headers.toUpstream(client.request().headers());
        this.requestTimeout = ApiDuration.parse(route.gateway().timeouts().request());
    }

    void start() {
        if (response.closed()) {
            end(Usage.NONE);
            return;
        }
        response.closeHandler(closed -> clientLeft());
        response.exceptionHandler(lost -> clientLeft());
        requestTimer = vertx.setTimer(millis(requestTimeout), id -> late());
        parts.budgets().of(route).earn(route.gateway().retryBudgetPercent());
        next();
    }

    private void next() {
        if (++attempts > MOST) {
            refuse(Refusal.of(502, "server_error", "upstream_failed", "No pod and no target gave an answer."));
            return;
        }
        var ask = new Ask(body.scan(), triedPods, triedTargets, target -> ways.cannotCarry(route, target, body));
        switch (parts.dispatch().next(route, ask)) {
            case Next.ToPod pod -> {
                triedPods.add(pod.pod().uid());
                Way toPod = ways.toPod(route, pod, podPatience());
                send(PlainChat.isContinuable(route, body) ? Continuation.over(toPod, successors(), context) : toPod);
            }
            case Next.ToTarget target -> {
                triedTargets.add(target.target().name());
                ways.toTarget(route, target, body.scan()).ifPresentOrElse(this::send, this::next);
            }
            case Next.Refused refused -> refuse(refused.refusal());
        }
    }

    private Successors successors() {
        return new Successors(parts, ways, route, body.scan(), triedPods);
    }

    private void send(Way next) {
        way = next;
        var given = new Cancellation();
        cancellation = given;
        int turn = attempts;
        attemptTimer =
                vertx.setTimer(millis(next.patience()), id -> elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE, false));
        var request = new UpstreamRequest(body.api(), headers, body.buffer(next.model()), body.scan(), next.patience());
        next.upstream().send(request, given).onComplete(result -> {
            if (context.equals(Vertx.currentContext())) {
                answered(turn, next, result);
            } else {
                context.runOnContext(here -> answered(turn, next, result));
            }
        });
    }

    private void answered(int turn, Way asked, AsyncResult<UpstreamResponse> result) {
        if (over || turn != attempts) {
            if (result.succeeded()) {
                result.result().cancel().run();
            }
        } else if (result.succeeded()) {
            look(asked, result.result());
        } else {
            boolean unsent = result.cause() instanceof UpstreamException known
                    && known.kind() == UpstreamException.Cause.NOT_CONNECTED;
            LOG.atDebug()
                    .addKeyValue("service", route.key())
                    .addKeyValue("upstream", asked.name())
                    .addKeyValue("cause", result.cause().getMessage())
                    .log("attempt failed");
            elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE, unsent);
        }
    }

    private void look(Way asked, UpstreamResponse answer) {
        head = answer;
        int turn = attempts;
        Verdict verdict = asked.pod().isPresent()
                ? Verdict.ofPod(answer.status(), ways.going(asked))
                : Verdict.ofTarget(answer.status());
        switch (verdict) {
            case Verdict.Pass pass -> {
                if (Peek.isEvents(answer)) {
                    var peek = new Peek(answer, new EventStream(body.hidesUsage(), new UsageScan()));
                    peek.start(() -> peeked(turn, asked, peek), () -> lostBeforeFirstByte(turn));
                } else {
                    commit(asked, Peek.none(answer));
                }
            }
            case Verdict.Elsewhere other -> {
                head = null;
                Discard.rest(vertx, answer);
                elsewhere(other.outcome(), other.outcome() == Outcome.GOING);
            }
            case Verdict.Look look -> {
                var peek = new Peek(answer, null);
                peek.start(() -> failedPod(turn, asked, peek), () -> lostBeforeFirstByte(turn));
            }
        }
    }

    /** The first event of a stream is here. */
    private void peeked(int turn, Way asked, Peek peek) {
        if (over || turn != attempts) {
            return;
        }
        Verdict verdict = peek.error().isPresent()
                ? Verdict.ofFirstEvent(peek.error().getAsInt(), ways.going(asked))
                : new Verdict.Pass();
        if (verdict instanceof Verdict.Elsewhere other) {
            head = null;
            if (!peek.isEnded()) {
                Discard.rest(vertx, peek.answer());
            }
            elsewhere(other.outcome(), other.outcome() == Outcome.GOING);
        } else {
            commit(asked, peek);
        }
    }

    /** The body of a pod's status 500 is here: vLLM says so that it is shutting down. */
    private void failedPod(int turn, Way asked, Peek peek) {
        if (over || turn != attempts) {
            return;
        }
        if (ways.going(asked) || peek.held().toString(UTF_8).contains("after shutdown")) {
            head = null;
            if (!peek.isEnded()) {
                Discard.rest(vertx, peek.answer());
            }
            elsewhere(Outcome.GOING, true);
        } else {
            commit(asked, peek);
        }
    }

    private void lostBeforeFirstByte(int turn) {
        if (!over && turn == attempts) {
            elsewhere(Outcome.FAILED_BEFORE_FIRST_BYTE, false);
        }
    }

    private void commit(Way asked, Peek peek) {
        vertx.cancelTimer(attemptTimer);
        long waited = System.nanoTime() - started;
        if (peek.events().isPresent()) {
            asked.attempt().firstToken();
            parts.meters().firstToken(route, asked.name(), waited);
        }
        Passage begun = new Passage(
                vertx,
                response,
                asked,
                peek,
                ApiDuration.parse(route.gateway().timeouts().idle()));
        passage = begun;
        body.forget();
        begun.start(body.scan().promptCharacters(), this::finish);
    }

    /** Gives this attempt up and goes on to the next, within the budget for that. */
    private void elsewhere(Outcome outcome, boolean costsNothing) {
        Way failed = way;
        if (over || failed == null) {
            return;
        }
        failed.attempt().end(outcome, Usage.NONE);
        parts.meters().attempt(route, failed.name(), outcome);
        stop();
        boolean isFree = costsNothing && free++ < FREE;
        if (!failed.isTarget() && !isFree && !parts.budgets().of(route).take()) {
            route.pods().stream().map(PodEndpoint::uid).forEach(triedPods::add);
        }
        next();
    }

    private void stop() {
        vertx.cancelTimer(attemptTimer);
        way = null;
        UpstreamResponse answer = head;
        head = null;
        if (answer != null) {
            answer.cancel().run();
        } else {
            cancellation.cancel();
        }
    }

    private void refuse(Refusal refusal) {
        if (over) {
            return;
        }
        end(Usage.NONE);
        parts.meters().refused(route, refusal.status());
        Answers.refuse(response, refusal);
    }

    private void late() {
        if (passage != null) {
            passage.fail("The answer took longer than the service allows for a whole request.");
        } else if (!over) {
            failCurrent(Outcome.FAILED_BEFORE_FIRST_BYTE);
            refuse(Refusal.of(
                    504,
                    "server_error",
                    "request_timeout",
                    "There was no answer within %s, the service's limit (spec.gateway.timeouts.request)."
                            .formatted(route.gateway().timeouts().request())));
        }
    }

    private void clientLeft() {
        if (passage != null) {
            passage.abandon();
        } else if (!over) {
            failCurrent(Outcome.CANCELLED);
            end(Usage.NONE);
        }
    }

    private void failCurrent(Outcome outcome) {
        if (way != null) {
            way.attempt().end(outcome, Usage.NONE);
            parts.meters().attempt(route, way.name(), outcome);
        }
        stop();
    }

    /** A passage has ended. */
    private void finish(Passage ended) {
        if (over) {
            return;
        }
        parts.meters().attempt(route, ended.way().name(), ended.outcome());
        parts.meters().answered(route, ended.way().name(), ended.way().reason(), ended.figures());
        ended.way().attempt().end(ended.outcome(), ended.figures().usage());
        end(ended.figures().usage());
    }

    private void end(Usage usage) {
        over = true;
        vertx.cancelTimer(requestTimer);
        vertx.cancelTimer(attemptTimer);
        client.permit().end(usage);
    }

    /** A stream that shows nothing for long may go elsewhere if there is somewhere; any other answer has all the time. */
    private Duration podPatience() {
        Duration left = requestTimeout.minusNanos(System.nanoTime() - started);
        Optional<Duration> silent = route.fallback()
                .filter(fallback -> body.scan().stream())
                .map(fallback -> ApiDuration.parse(fallback.ejection().noTokenAfter()));
        return silent.filter(limit -> limit.compareTo(left) < 0).orElse(left);
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }
}
